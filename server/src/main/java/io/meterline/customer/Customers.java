package io.meterline.customer;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.CustomerId;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people do with customers (product rules, "Customers").
 *
 * <p>Every {@code id} is one of our ids or an external id, also an earlier one, and leads through merges, except where it
 * is said that it means the customer itself. An unknown one throws {@code RuleException} 404 {@code unknown_customer}.
 */
public final class Customers {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ControlDatabase database;
    private final CustomerDirectory directory;
    private final InstantSource clock;

    public Customers(ControlDatabase database, CustomerDirectory directory, InstantSource clock) {
        this.database = database;
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Every name of a customer, for finding what is kept about it elsewhere.
     *
     * @param numbers what its events carry: its own number and those of the customers merged into it
     * @param texts ids and external ids, current and earlier, of all of those
     */
    public record Names(Set<Long> numbers, Set<String> texts) {
        public Names {
            numbers = Set.copyOf(numbers);
            texts = Set.copyOf(texts);
        }
    }

    /**
     * A new active customer.
     *
     * @throws RuleException 400 {@code invalid_customer}; 409 {@code external_id_taken}
     */
    public Customer create(Environment environment, CustomerDraft draft) {
        CustomerRules.check(draft);
        return database.write(handle -> {
            long now = now();
            String id = CustomerId.next(RANDOM);
            long number = CustomerRows.insert(handle, environment, id, draft, CustomerStatus.ACTIVE, now);
            takeExternalId(handle, environment, draft.externalId(), number);
            return CustomerRows.byNumber(handle, number).customer();
        });
    }

    public Customer get(Environment environment, String id) {
        return database.read(handle -> CustomerRows.canonical(handle, environment, id))
                .customer();
    }

    /** The newest first. */
    public Page<Customer> list(Environment environment, CustomerFilter filter, PageRequest request) {
        return database.read(handle -> Page.of(
                CustomerRows.page(handle, environment, filter, request),
                request,
                CustomerRows.count(handle, environment, filter),
                Customer::number));
    }

    /**
     * Changes a customer from what it is to what {@code change} makes of that, in one transaction. An external id that
     * is changed or removed stays as an alias.
     *
     * @throws RuleException 400 {@code invalid_customer}; 409 {@code external_id_taken}
     */
    public Customer update(Environment environment, String id, UnaryOperator<CustomerDraft> change) {
        return change(environment, id, (handle, row) -> {
            CustomerDraft draft = change.apply(row.customer().draft());
            CustomerRules.check(draft);
            takeExternalId(handle, environment, draft.externalId(), row.number());
            CustomerRows.update(handle, row.number(), draft, row.customer().status(), now());
        });
    }

    /** Replaces everything that may be changed; what the draft leaves out is emptied. */
    public Customer update(Environment environment, String id, CustomerDraft draft) {
        return update(environment, id, _ -> draft);
    }

    /** Makes a customer active, whether an event created it or it was archived. */
    public Customer confirm(Environment environment, String id) {
        return change(environment, id, (handle, row) -> setStatus(handle, row, CustomerStatus.ACTIVE));
    }

    /** Its events are accepted and counted all the same. */
    public Customer archive(Environment environment, String id) {
        return change(environment, id, (handle, row) -> setStatus(handle, row, CustomerStatus.ARCHIVED));
    }

    /**
     * Makes every name of one customer lead to another; reads count both. Both ids mean the customers themselves.
     *
     * @return the customer that both lead to now
     * @throws RuleException 409 {@code merge_with_itself}, {@code already_merged} (into another one), {@code
     *     merge_cycle}
     */
    public Customer merge(Environment environment, String from, String into) {
        Customer target =
                change(environment, into, (handle, _) -> CustomerMerges.merge(handle, environment, from, into, now()));
        directory.forget();
        return target;
    }

    /**
     * Takes a merge back. The id means the customer itself.
     *
     * @return that customer, on its own again
     * @throws RuleException 409 {@code not_merged}
     */
    public Customer undoMerge(Environment environment, String id) {
        Customer separate = database.write(handle -> {
            CustomerRows.Row merged =
                    CustomerRows.own(handle, environment, id).orElseThrow(() -> CustomerRules.notFound(id));
            CustomerMerges.undo(handle, merged);
            return merged.customer();
        });
        directory.forget();
        return separate;
    }

    /** Earlier external ids, and the names of merged customers. */
    public List<CustomerAlias> aliases(Environment environment, String id) {
        return database.read(handle -> CustomerMerges.aliases(handle, CustomerRows.canonical(handle, environment, id)));
    }

    public Names names(Environment environment, String id) {
        return database.read(handle -> CustomerExport.names(handle, CustomerRows.canonical(handle, environment, id)));
    }

    /** What the control database keeps about a customer, one JSON object a line: itself, merged ones, aliases. */
    public List<ObjectNode> export(Environment environment, String id) {
        return database.read(handle -> CustomerExport.lines(handle, CustomerRows.canonical(handle, environment, id)));
    }

    /**
     * Removes what the control database knows about a customer and those merged into it: names, properties, external
     * ids. Empty archived rows with their ids remain, because closed statements point at them. Whoever erases events
     * asks for {@link #names} before, since the texts are gone after. May be repeated.
     */
    public Customer erase(Environment environment, String id) {
        Customer erased = change(environment, id, (handle, row) -> {
            List<CustomerRows.Row> all = new ArrayList<>(CustomerRows.mergedInto(handle, row.number()));
            all.add(row);
            for (CustomerRows.Row one : all) {
                handle.execute("DELETE FROM customer_external_ids WHERE customer = ?", one.number());
                CustomerDraft nothing = new CustomerDraft(null, null, null, null, null);
                CustomerRows.update(handle, one.number(), nothing, CustomerStatus.ARCHIVED, now());
            }
        });
        directory.forget();
        return erased;
    }

    @FunctionalInterface
    private interface Change {
        void apply(Handle handle, CustomerRows.Row row);
    }

    private record Changed(Customer before, Customer after) {}

    private Customer change(Environment environment, String id, Change change) {
        Changed changed = database.write(handle -> {
            CustomerRows.Row row = CustomerRows.canonical(handle, environment, id);
            change.apply(handle, row);
            return new Changed(
                    row.customer(), CustomerRows.byNumber(handle, row.number()).customer());
        });
        if (!Objects.equals(changed.before().externalId(), changed.after().externalId())) {
            directory.forget();
        }
        return changed.after();
    }

    private void setStatus(Handle handle, CustomerRows.Row row, CustomerStatus status) {
        if (row.customer().status() != status) {
            CustomerRows.update(handle, row.number(), row.customer().draft(), status, now());
        }
    }

    private void takeExternalId(Handle handle, Environment environment, @Nullable String externalId, long number) {
        if (externalId == null) {
            return;
        }
        Optional<CustomerRows.Row> owner = CustomerRows.own(handle, environment, externalId);
        if (owner.isEmpty()) {
            CustomerRows.insertExternalId(handle, environment, externalId, number, now());
        } else if (owner.get().number() != number) {
            throw taken(externalId, owner.get().customer());
        }
    }

    private static RuleException taken(String externalId, Customer other) {
        String hint = other.status() == CustomerStatus.AUTOMATICALLY_CREATED
                ? "an event created it; confirm it with POST /v1/customers/%s/confirm".formatted(other.id())
                : "update that one, or merge the two";
        return new RuleException(
                RuleException.Kind.CONFLICT,
                "external_id_taken",
                "The external id %s leads to the customer %s: %s.".formatted(externalId, other.id(), hint));
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
