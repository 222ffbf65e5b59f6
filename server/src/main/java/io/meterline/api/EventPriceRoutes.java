package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.billing.BillingIds;
import io.meterline.billing.statement.EventPrices;
import io.meterline.billing.statement.EventPrices.Change;
import io.meterline.billing.statement.EventPrices.Reason;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import io.meterline.event.Decimals;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.http.Body;
import io.meterline.http.Call;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.ingest.Batch;
import io.meterline.ingest.EventParser;
import io.meterline.ingest.Ingest;
import io.meterline.ingest.ParsedEvent;
import io.meterline.ingest.PushOptions;
import io.meterline.price.Charge;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/events/simulate-prices}: what events would cost, without storing them. */
public final class EventPriceRoutes implements Routes.Source {

    private final Ingest ingest;
    private final CustomerDirectory customers;
    private final EventPrices prices;

    public EventPriceRoutes(Ingest ingest, CustomerDirectory customers, EventPrices prices) {
        this.ingest = ingest;
        this.customers = customers;
        this.prices = prices;
    }

    /** A line that would change; quantity and amounts are what it would change by. */
    record LineView(
            String customerId,
            @Nullable String externalCustomerId,
            String subscriptionId,
            String statementId,
            int line,
            String productId,
            String productName,
            BigDecimal quantity,
            BigDecimal exactAmount,
            BigDecimal amount,
            String currency) {

        static LineView of(Change change) {
            CustomerRef customer = change.customer();
            return new LineView(
                    customer.canonicalId(),
                    customer.canonicalExternalId(),
                    change.subscriptionId(),
                    change.statementId(),
                    change.number(),
                    change.after().terms().productId(),
                    change.after().terms().productName(),
                    difference(change.after().quantity(), change.before().quantity()),
                    difference(
                            exact(change.after().charge()),
                            exact(change.before().charge())),
                    change.after().amount().subtract(change.before().amount()),
                    change.currency().getCurrencyCode());
        }

        private static @Nullable BigDecimal exact(@Nullable Charge charge) {
            return charge == null ? null : charge.exactAmount();
        }

        private static BigDecimal difference(@Nullable BigDecimal after, @Nullable BigDecimal before) {
            return Decimals.canonical(zeroUnless(after).subtract(zeroUnless(before)));
        }

        private static BigDecimal zeroUnless(@Nullable BigDecimal number) {
            return number == null ? BigDecimal.ZERO : number;
        }
    }

    /** An event that no line counts which has a price. */
    record UnpricedView(int index, String eventType, String recordId, String customerId, Reason reason) {

        static UnpricedView of(ParsedEvent event, Reason reason) {
            return new UnpricedView(
                    event.index(), event.event().eventType(), event.event().recordId(), event.customer(), reason);
        }
    }

    record AnswerView(String id, List<LineView> result, List<UnpricedView> unpriced) {}

    @Override
    public void register(Routes routes) {
        routes.describedIn("event-prices");
        routes.post("/v1/events/simulate-prices", Scope.READ, this::simulate)
                .takes("product_id", "subscription_id")
                .withoutIdempotencyKey();
    }

    private Reply simulate(Call call) {
        Batch batch = parsed(call);
        List<ParsedEvent> known = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        List<UnpricedView> unpriced = new ArrayList<>();
        for (ParsedEvent event : batch.events()) {
            Optional<CustomerRef> customer = customers.find(call.environment(), event.customer());
            if (customer.isPresent()) {
                known.add(event);
                events.add(event.of(customer.get().number()));
            } else {
                unpriced.add(UnpricedView.of(event, Reason.UNKNOWN_CUSTOMER));
            }
        }
        EventPrices.Answer answer = prices.of(
                call.environment(),
                events,
                call.query().text("subscription_id").orElse(null),
                call.query().text("product_id").orElse(null));
        answer.unpriced().forEach((place, reason) -> unpriced.add(UnpricedView.of(known.get(place), reason)));
        unpriced.sort(Comparator.comparingInt(UnpricedView::index));
        return Reply.ok(new AnswerView(
                BillingIds.calculation(),
                answer.changes().stream().map(LineView::of).toList(),
                unpriced));
    }

    /** The events of the body, one or an array, all of them valid. */
    private Batch parsed(Call call) {
        Environment environment = call.environment();
        byte[] body = call.body(Body.MAX_JSON_BYTES, Body.JSON).bytes();
        EventParser parser = ingest.parser(PushOptions.pushed(environment));
        boolean isArray = isArray(body);
        Batch batch = isArray ? parser.array(body) : parser.one(body);
        if (batch.size() > EventPrices.MOST_EVENTS) {
            throw new RuleException(
                    Kind.INVALID,
                    "too_many_events",
                    "Prices are simulated for at most " + EventPrices.MOST_EVENTS + " events at a time.");
        }
        List<Violation> wrong = batch.refused().stream()
                .map(refused -> new Violation(
                        path(isArray, refused.index(), refused.error().path()),
                        refused.error().code().text(),
                        refused.error().message()))
                .toList();
        if (!wrong.isEmpty()) {
            Violation first = wrong.getFirst();
            throw new RuleException(Kind.INVALID, first.code(), first.path() + ": " + first.message(), wrong);
        }
        return batch;
    }

    private static String path(boolean isArray, int index, String path) {
        return !isArray ? path : path.isEmpty() ? "[" + index + "]" : "[" + index + "]." + path;
    }

    private static boolean isArray(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                return b == '[';
            }
        }
        return false;
    }
}
