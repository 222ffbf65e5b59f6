package io.meterline.billing;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import io.meterline.customer.Customers;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The subscriptions of both environments. Throws {@code unknown_subscription} for an id that there is none of. */
public final class Subscriptions {

    private final ControlDatabase database;
    private final DraftedSubscriptions drafts;
    private final CustomerDirectory directory;
    private final Products products;
    private final InstantSource clock;

    public Subscriptions(
            ControlDatabase database,
            Customers customers,
            CustomerDirectory directory,
            Products products,
            InstantSource clock) {
        this.database = database;
        this.drafts = new DraftedSubscriptions(customers, directory);
        this.directory = directory;
        this.products = products;
        this.clock = clock;
    }

    /** A subscription as it stands at a time, with the customer that it counts for. */
    public record Found(Subscription subscription, CustomerRef customer, long nowMicros) {}

    /**
     * A new subscription, which may have started already.
     *
     * <p>Throws {@code RuleException}: {@code unknown_customer}, {@code customer_archived}, {@code external_id_taken}, and
     * where a product has no price for it those of {@link SubscribedPrices}.
     */
    public Found create(Environment environment, SubscriptionDraft draft) {
        long now = now();
        drafts.requireInUse(environment, draft);
        Subscription created = drafts.subscription(environment, BillingIds.subscription(), draft, now);
        SubscriptionEdits.checkEnd(created);
        SubscribedPrices.check(
                products,
                environment,
                created.currency(),
                created.rules(),
                created.terms().getFirst().terms());
        database.write(handle -> {
            takeExternalId(handle, environment, created);
            SubscriptionRows.insert(handle, environment, created);
            return null;
        });
        return found(created, now);
    }

    public Found get(Environment environment, String id) {
        return found(find(environment, id), now());
    }

    /**
     * The newest first.
     *
     * @param customer one of our ids or an external id, of which those of merged customers count too; null for all
     */
    public Page<Found> list(
            Environment environment,
            Collection<SubscriptionStatus> statuses,
            @Nullable String customer,
            @Nullable String externalId,
            @Nullable String productId,
            PageRequest page) {
        SubscriptionFilter filter = new SubscriptionFilter(
                Set.copyOf(statuses),
                customer == null ? null : directory.expand(environment, customer),
                externalId,
                productId);
        long now = now();
        Page<Subscription> found =
                database.read(handle -> SubscriptionRows.list(handle, environment, filter, now, page));
        Set<Long> numbers = found.data().stream().map(Subscription::customer).collect(Collectors.toSet());
        Map<Long, CustomerRef> refs = directory.byNumber(numbers);
        return new Page<>(
                found.data().stream()
                        .map(one -> new Found(one, Objects.requireNonNull(refs.get(one.customer())), now))
                        .toList(),
                found.total(),
                found.nextCursor());
    }

    /** Every one that counts these customers' events, ended ones too. */
    public List<Subscription> ofCustomers(Environment environment, Set<Long> numbers) {
        return database.read(handle -> SubscriptionRows.ofCustomers(handle, environment, numbers));
    }

    /**
     * The subscriptions of customers that have, had or will have a product, the oldest first.
     *
     * @param customers numbers; those merged into them are not looked up
     */
    public List<Subscription> withProduct(String productId, Collection<Long> customers) {
        return database.read(handle -> SubscriptionRows.withProduct(handle, productId, customers));
    }

    /**
     * Edits what is sent and leaves the rest; null empties a field. Everything before the start, then the external id and
     * the end.
     *
     * <p>Throws {@code RuleException} as {@link #create} does, {@code subscription_started} and {@code subscription_ended}.
     */
    public Found update(Environment environment, String id, JsonNode sent) {
        long now = now();
        Subscription before = find(environment, id);
        SubscriptionTerms terms = before.termsAt(now).terms();
        ObjectNode merged = SubscriptionJson.write(before, ref(before).canonicalId(), terms);
        SubscriptionDraft draft =
                SubscriptionJson.read(sent instanceof ObjectNode fields ? merged.setAll(fields) : sent);
        Subscription wanted = wanted(environment, before, draft, now);
        SubscriptionEdits.check(before, wanted, now);
        Subscription after = SubscriptionEdits.edit(before, wanted, now);
        // Afterwards only what has nothing to do with prices can be edited, whatever became of them.
        boolean hasStarted = before.status(now) != SubscriptionStatus.SCHEDULED;
        if (!hasStarted
                && (!after.terms().equals(before.terms())
                        || !after.rules().equals(before.rules())
                        || !after.currency().equals(before.currency()))) {
            SubscribedPrices.check(
                    products,
                    environment,
                    after.currency(),
                    after.rules(),
                    after.terms().getFirst().terms());
        }
        return save(environment, before, after, now);
    }

    /** What a draft makes of a subscription. One that is for the same customer keeps the number, whatever was merged. */
    private Subscription wanted(Environment environment, Subscription before, SubscriptionDraft draft, long now) {
        Subscription wanted = drafts.subscription(environment, before.id(), draft, now);
        if (ref(wanted).canonicalNumber() == ref(before).canonicalNumber()) {
            return wanted.ofCustomer(before.customer());
        }
        drafts.requireInUse(environment, draft);
        return wanted;
    }

    /** Changes the terms of a subscription that runs. Throws as {@link SubscriptionEdits#change} and {@link #create} do. */
    public Found change(Environment environment, String id, SubscriptionChange change) {
        long now = now();
        Subscription before = find(environment, id);
        Subscription after = SubscriptionEdits.change(before, change, now);
        if (!before.terms().contains(after.terms().getLast())) {
            SubscribedPrices.check(
                    products,
                    environment,
                    after.currency(),
                    after.rules(),
                    after.terms().getLast().terms());
        }
        return save(environment, before, after, now);
    }

    /** Ends it. Again is no error. */
    public Found cancel(Environment environment, String id, Effective effective) {
        long now = now();
        Subscription before = find(environment, id);
        return save(environment, before, SubscriptionEdits.cancel(before, effective, now), now);
    }

    /** Ends those of customers that are to be erased, now, and forgets what they are called. May be repeated. */
    public void erase(Environment environment, Set<Long> customerNumbers) {
        for (Subscription before : ofCustomers(environment, customerNumbers)) {
            var _ = save(
                    environment,
                    before,
                    SubscriptionEdits.cancel(before, Effective.NOW, now()).nameless(),
                    now());
        }
    }

    private Found save(Environment environment, Subscription before, Subscription after, long now) {
        if (after.equals(before)) {
            return found(before, now);
        }
        Subscription written = after.updatedAt(now);
        database.write(handle -> {
            takeExternalId(handle, environment, written);
            if (!SubscriptionRows.update(handle, environment, written)) {
                throw new RuleException(
                        Kind.CONFLICT,
                        "subscription_changed",
                        "The subscription was changed by another request at the same time. Read it and try again.");
            }
            return null;
        });
        return found(find(environment, after.id()), now);
    }

    private static void takeExternalId(Handle handle, Environment environment, Subscription subscription) {
        if (subscription.externalId() == null) {
            return;
        }
        Optional<String> owner = SubscriptionRows.ownerOf(handle, environment, subscription.externalId());
        if (owner.isPresent() && !owner.get().equals(subscription.id())) {
            throw DraftedSubscriptions.error(
                    Kind.CONFLICT,
                    "external_id",
                    "external_id_taken",
                    "this is the external id of the subscription " + owner.get());
        }
    }

    private Subscription find(Environment environment, String id) {
        return database.read(handle -> SubscriptionRows.find(handle, environment, id))
                .orElseThrow(() -> new RuleException(
                        Kind.NOT_FOUND,
                        "unknown_subscription",
                        "There is no subscription with this id in the " + environment.text() + " environment."));
    }

    private Found found(Subscription subscription, long now) {
        return new Found(subscription, ref(subscription), now);
    }

    private CustomerRef ref(Subscription subscription) {
        return Objects.requireNonNull(
                directory.byNumber(List.of(subscription.customer())).get(subscription.customer()));
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
