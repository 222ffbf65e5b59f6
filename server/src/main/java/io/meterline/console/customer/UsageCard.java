package io.meterline.console.customer;

import io.meterline.console.Address;
import io.meterline.console.Island;
import io.meterline.console.Visit;
import io.meterline.console.aggregator.Aggregator;
import io.meterline.console.aggregator.Change;
import io.meterline.console.aggregator.Charts;
import io.meterline.console.aggregator.Figure;
import io.meterline.console.aggregator.Months;
import io.meterline.console.aggregator.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a customer used by one aggregator in a month.
 *
 * @param href of the usage by the aggregator, of this customer only
 * @param eventsHref of the events behind the figure
 * @param idle whether there is nothing to show, neither now nor in the month before
 * @param error why there is no figure
 */
public record UsageCard(
        Aggregator aggregator,
        Figure figure,
        long events,
        @Nullable Change change,
        @Nullable Island spark,
        String href,
        String eventsHref,
        boolean idle,
        @Nullable String error) {

    private static final int MOST = 100;

    static List<UsageCard> all(Visit visit, String customerId, Months months) {
        Address usage = Address.of("/v1/customers/" + customerId + "/usage").with("take", MOST);
        Usage.Listing now = visit.api()
                .get(
                        usage.with("from", months.from())
                                .with("to", months.to())
                                .with("window", "day")
                                .with("time_zone", months.zone().getId())
                                .text(),
                        Usage.Listing.class);
        Map<String, Usage> before = byAggregator(visit.api()
                .get(
                        usage.with("from", months.before())
                                .with("to", months.beforeTo())
                                .text(),
                        Usage.Listing.class));
        Map<String, Usage> current = byAggregator(now);
        List<UsageCard> cards = new ArrayList<>();
        for (Aggregator aggregator : visit.api()
                .get("/v1/aggregators?take=" + MOST, Aggregator.Listing.class)
                .data()) {
            Usage used = current.get(aggregator.id());
            if (used != null) {
                cards.add(card(visit, customerId, months, aggregator, used, before.get(aggregator.id())));
            }
        }
        return cards;
    }

    private static Map<String, Usage> byAggregator(Usage.Listing listing) {
        Map<String, Usage> usages = new HashMap<>();
        for (Usage usage : listing.data()) {
            String id = usage.aggregatorId();
            if (id != null) {
                usages.put(id, usage);
            }
        }
        return usages;
    }

    private static UsageCard card(
            Visit visit, String customerId, Months months, Aggregator aggregator, Usage now, @Nullable Usage before) {
        Address events = Address.of(visit.path("/aggregators/" + aggregator.id() + "/events"))
                .with("customer_id", customerId)
                .with(
                        "time_zone",
                        months.zone().getId().equals("UTC")
                                ? null
                                : months.zone().getId());
        boolean idle = now.counted() == 0 && (before == null || before.counted() == 0);
        Usage.Fault error = now.error();
        return new UsageCard(
                aggregator,
                Figure.of(now.value()),
                now.counted(),
                Change.between(before == null ? null : before.value(), now.value()),
                idle
                        ? null
                        : Charts.spark(
                                now.parts(),
                                months.zone(),
                                aggregator.unitName(),
                                part -> between(events, part.from(), part.to())),
                Address.of(visit.path("/aggregators/" + aggregator.id()))
                        .with("customer", customerId)
                        .with("from", months.month().atDay(1))
                        .with("until", months.month().atEndOfMonth())
                        .with(
                                "time_zone",
                                months.zone().getId().equals("UTC")
                                        ? null
                                        : months.zone().getId())
                        .text(),
                between(events, months.from(), months.to()),
                idle && error == null,
                error == null ? null : error.message());
    }

    private static String between(Address events, Instant from, Instant to) {
        return events.with("from", from).with("to", to).text();
    }
}
