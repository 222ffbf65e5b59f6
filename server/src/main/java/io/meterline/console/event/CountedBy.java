package io.meterline.console.event;

import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Visit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What counts an event, and what it came to so far.
 *
 * @param month in which it happened, in UTC
 * @param more how many aggregators of its type are not looked at
 */
public record CountedBy(String month, List<Line> lines, long more) {

    private static final int MOST = 12;

    /**
     * One aggregator.
     *
     * @param counts whether the event is in its figures; without figures when it is not
     * @param inMonth of the customer; null for no value
     */
    public record Line(
            String name,
            String href,
            boolean counts,
            @Nullable BigDecimal inMonth,
            @Nullable BigDecimal allTime,
            @Nullable String unit) {}

    private record Aggregator(
            String id, String name, @Nullable String unitName) {}

    private record Aggregators(Stored.Meta meta, List<Aggregator> data) {}

    private record Usage(@Nullable BigDecimal value) {}

    static CountedBy of(Visit visit, Stored event) {
        YearMonth month = YearMonth.from(event.timestamp().atOffset(ZoneOffset.UTC));
        Aggregators found = visit.api()
                .get(
                        "/v1/aggregators?take=" + MOST + "&event_type=" + Api.encode(event.eventType()),
                        Aggregators.class);
        List<Line> lines = new ArrayList<>();
        for (Aggregator aggregator : found.data()) {
            lines.add(line(visit, event, month, aggregator));
        }
        return new CountedBy(
                month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + month.getYear(),
                lines,
                found.meta().total() - found.data().size());
    }

    private static Line line(Visit visit, Stored event, YearMonth month, Aggregator aggregator) {
        Api api = visit.api();
        String customer = event.customerId();
        String path = visit.path("/aggregators/" + aggregator.id() + (customer == null ? "" : "?customer=" + customer));
        if (customer == null || !counts(api, event, customer, aggregator)) {
            return new Line(aggregator.name(), path, false, null, null, aggregator.unitName());
        }
        String usage = "/v1/customers/" + customer + "/usage/" + aggregator.id();
        return new Line(
                aggregator.name(),
                path,
                true,
                value(api, usage + "?from=" + start(month) + "&to=" + start(month.plusMonths(1))),
                value(api, usage + "?mode=all_time"),
                aggregator.unitName());
    }

    // Whether it is among the events behind the figure of the microsecond that it happened in.
    private static boolean counts(Api api, Stored event, String customer, Aggregator aggregator) {
        Instant at = event.timestamp();
        String target = "/v1/aggregators/" + aggregator.id() + "/usage/events?take=1&customer_id=" + customer
                + "&record.id=" + Api.encode(event.recordId()) + "&from=" + at + "&to="
                + at.plus(1, ChronoUnit.MICROS);
        return Stored.list(api, target).meta().total() > 0;
    }

    // A level that is averaged over a period has no figure of all time.
    private static @Nullable BigDecimal value(Api api, String target) {
        try {
            return api.get(target, Usage.class).value();
        } catch (ApiFault e) {
            if (e.status() == 422) {
                return null;
            }
            throw e;
        }
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
