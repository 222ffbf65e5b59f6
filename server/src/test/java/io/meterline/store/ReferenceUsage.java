package io.meterline.store;

import io.meterline.event.Event;
import io.meterline.event.Period;
import io.meterline.store.UsageResult.Cell;
import io.meterline.store.UsageResult.Group;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers a {@link UsageQuery} from the current versions, event by event. */
final class ReferenceUsage {

    private static final Comparator<ReferenceReading> BY_TIME = Comparator.<ReferenceReading>comparingLong(
                    it -> it.event().event().timestampMicros())
            .thenComparingLong(it -> it.event().sequence());

    private final UsageQuery query;
    private final List<ReferenceReading> counted = new ArrayList<>();
    private final List<ReferenceReading> carried = new ArrayList<>();
    private final Map<String, Long> excluded = new TreeMap<>();
    private long coerced;

    private ReferenceUsage(UsageQuery query) {
        this.query = query;
    }

    static UsageResult answer(Collection<StoredEvent> current, UsageQuery query) {
        if (query.measure() instanceof Measure.WeightedSum && !query.period().hasBeginning()) {
            throw new IllegalArgumentException("a weighted sum needs a period with a beginning");
        }
        ReferenceUsage usage = new ReferenceUsage(query);
        current.stream().filter(usage::isAskedFor).forEach(usage::read);
        return usage.result();
    }

    /** Hands over the amount of each counted event, as {@link EventReader#amounts} says. */
    static void amounts(Collection<StoredEvent> current, UsageQuery query, EventAmounts.Sink sink) {
        EventAmounts.expression(query.measure());
        ReferenceUsage usage = new ReferenceUsage(query);
        current.stream().filter(usage::isAskedFor).forEach(usage::read);
        usage.counted.stream()
                .sorted(Comparator.comparing(usage::key, usage::compareKeys).thenComparing(BY_TIME))
                .forEach(it ->
                        sink.accept(usage.key(it), usage.window(it), it.number().rounded()));
    }

    private int compareKeys(List<@Nullable String> one, List<@Nullable String> other) {
        for (int i = 0; i < one.size(); i++) {
            Comparator<String> texts = query.groupBy().get(i) instanceof UsageQuery.GroupBy.Customer
                    ? Comparator.comparing(Long::valueOf)
                    : ReferenceFilter::compareCodePoints;
            int order = Comparator.nullsLast(texts).compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int window(ReferenceReading reading) {
        for (int i = 0; i < query.windows().size(); i++) {
            if (query.windows().get(i).contains(reading.event().event().timestampMicros())) {
                return i;
            }
        }
        return EventAmounts.WHOLE_PERIOD;
    }

    private boolean isAskedFor(StoredEvent stored) {
        Event event = stored.event();
        return event.eventType().equals(query.eventType())
                && (query.customers() == null || query.customers().contains(event.customer()))
                && ReferenceFilter.holds(query.filter(), event);
    }

    private void read(StoredEvent event) {
        ReferenceReading reading = ReferenceReading.of(query.measure(), event);
        long time = event.event().timestampMicros();
        boolean carries = query.measure() instanceof Measure.WeightedSum weighted && weighted.carryOver();
        if (query.period().contains(time)) {
            if (reading.excluded() != null) {
                excluded.merge(reading.excluded(), 1L, Long::sum);
            } else {
                counted.add(reading);
                coerced += reading.coerced() ? 1 : 0;
            }
        } else if (carries && reading.isCounted() && time < query.period().fromMicros()) {
            carried.add(reading);
        }
    }

    private UsageResult result() {
        Map<List<@Nullable String>, Share> groups = new LinkedHashMap<>();
        if (!query.groupBy().isEmpty()) {
            counted.forEach(it -> groups.computeIfAbsent(key(it), _ -> Share.empty())
                    .counted()
                    .add(it));
            carried.forEach(it -> groups.computeIfAbsent(key(it), _ -> Share.empty())
                    .carried()
                    .add(it));
        }
        if (groups.size() > query.mostFigures() / Math.max(1, query.windows().size())) {
            throw query.tooManyGroups();
        }
        Share all = new Share(counted, carried);
        List<Group> parts = new ArrayList<>();
        groups.forEach((key, share) -> parts.add(new Group(key, total(share), windows(share))));
        return new UsageResult(total(all), windows(all), parts, excluded, coerced);
    }

    private List<@Nullable String> key(ReferenceReading reading) {
        List<@Nullable String> key = new ArrayList<>();
        Event event = reading.event().event();
        for (UsageQuery.GroupBy part : query.groupBy()) {
            key.add(
                    switch (part) {
                        case UsageQuery.GroupBy.Customer _ ->
                            Long.toString(query.mergedInto().getOrDefault(event.customer(), event.customer()));
                        case UsageQuery.GroupBy.ByProperty it ->
                            CanonicalText.of(ReferenceFilter.property(event, it.property()));
                    });
        }
        return key;
    }

    private Cell total(Share share) {
        return cell(share.counted(), share.carried(), query.period());
    }

    private List<Cell> windows(Share share) {
        return query.windows().stream().map(it -> window(share, it)).toList();
    }

    private Cell window(Share share, Period window) {
        List<ReferenceReading> inside = new ArrayList<>();
        List<ReferenceReading> before = new ArrayList<>(share.carried());
        for (ReferenceReading reading : share.counted()) {
            long time = reading.event().event().timestampMicros();
            if (window.contains(time)) {
                inside.add(reading);
            } else if (time < window.fromMicros()) {
                before.add(reading);
            }
        }
        return cell(inside, before, window);
    }

    private Cell cell(List<ReferenceReading> inside, List<ReferenceReading> before, Period period) {
        return new Cell(figure(inside, before, period), inside.size());
    }

    private @Nullable BigDecimal figure(List<ReferenceReading> inside, List<ReferenceReading> before, Period period) {
        if (query.measure() instanceof Measure.WeightedSum) {
            return weightedSum(inside, before, period);
        }
        List<Fraction> numbers =
                inside.stream().map(ReferenceReading::number).sorted().toList();
        if (query.measure() instanceof Measure.Count) {
            return BigDecimal.valueOf(inside.size());
        }
        if (query.measure() instanceof Measure.CountDistinct) {
            return BigDecimal.valueOf(
                    inside.stream().map(ReferenceReading::text).distinct().count());
        }
        if (numbers.isEmpty()) {
            return null;
        }
        Fraction exact = switch (query.measure()) {
            case Measure.Sum _, Measure.Formula _ -> sum(inside);
            case Measure.Max _ -> numbers.getLast();
            case Measure.Min _ -> numbers.getFirst();
            case Measure.Average _ -> sum(inside).over(Fraction.of(inside.size()));
            case Measure.Latest _ -> latest(inside).number();
            case Measure.Percentile it -> percentile(numbers, it.percentile());
            case Measure.Count _, Measure.CountDistinct _, Measure.WeightedSum _ ->
                throw new IllegalStateException("answered above");
        };
        return exact.rounded();
    }

    private static Fraction sum(List<ReferenceReading> readings) {
        return readings.stream().map(ReferenceReading::number).reduce(Fraction.ZERO, Fraction::plus);
    }

    private static ReferenceReading latest(List<ReferenceReading> readings) {
        return readings.stream().max(BY_TIME).orElseThrow();
    }

    private static Fraction percentile(List<Fraction> sorted, BigDecimal percentile) {
        Fraction rank = Fraction.of(percentile).over(Fraction.of(100)).times(Fraction.of(sorted.size() - 1L));
        int below = rank.floor().intValueExact();
        int above = Math.min(below + 1, sorted.size() - 1);
        Fraction share = rank.minus(Fraction.of(below));
        return sorted.get(below).plus(sorted.get(above).minus(sorted.get(below)).times(share));
    }

    private static @Nullable BigDecimal weightedSum(
            List<ReferenceReading> inside, List<ReferenceReading> before, Period period) {
        BigInteger length = distance(period.fromMicros(), period.toMicros());
        if ((inside.isEmpty() && before.isEmpty()) || length.signum() == 0) {
            return null;
        }
        Fraction area = sum(before).times(Fraction.of(length));
        for (ReferenceReading change : inside) {
            BigInteger rest = distance(change.event().event().timestampMicros(), period.toMicros());
            area = area.plus(change.number().times(Fraction.of(rest)));
        }
        return area.over(Fraction.of(length)).rounded();
    }

    private static BigInteger distance(long from, long to) {
        return BigInteger.valueOf(to).subtract(BigInteger.valueOf(from));
    }

    /** The events of the whole answer or of one group: those in the period, and those before it that left a level. */
    private record Share(List<ReferenceReading> counted, List<ReferenceReading> carried) {
        static Share empty() {
            return new Share(new ArrayList<>(), new ArrayList<>());
        }
    }
}
