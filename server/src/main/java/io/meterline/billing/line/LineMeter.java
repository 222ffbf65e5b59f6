package io.meterline.billing.line;

import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.price.Breakdown;
import io.meterline.price.Price;
import io.meterline.price.RunningPrice;
import io.meterline.price.Split;
import io.meterline.store.EventReader;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageQuery.GroupBy;
import io.meterline.store.UsageResult;
import io.meterline.store.UsageResult.Cell;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Measures one line over periods.
 *
 * <p>A price that splits usage by windows takes every window of a period, also one without usage. One that splits it by
 * properties takes the groups that have usage in the period, so none where there is none at all.
 */
final class LineMeter {

    /** Groups times windows; a line of more is refused. */
    private static final long MOST_PARTS = 1_000_000;

    private final EventReader events;
    private final Environment environment;
    private final LinePricer.Task line;
    private final MeasuredUsage usage;
    private final Split split;
    private Map<String, Long> excluded = Map.of();

    LineMeter(EventReader events, Environment environment, LinePricer.Task line) {
        this.events = events;
        this.environment = environment;
        this.line = line;
        this.usage = Objects.requireNonNull(line.terms().usage());
        this.split = line.terms().split();
    }

    /** The usage of adjoining periods, one answer for each. */
    List<Metered> of(List<Period> periods) {
        Measurable.check(line.terms(), periods.getFirst());
        Cuts cuts = Cuts.of(periods, split, line.zone());
        UsageQuery query = query(cuts);
        UsageResult result = events.usage(environment, query);
        excluded = result.excluded();
        List<List<Breakdown>> fees = fees(query, cuts);
        List<Metered> metered = new ArrayList<>();
        for (int i = 0; i < periods.size(); i++) {
            metered.add(metered(result, cuts.starts().get(i), cuts.starts().get(i + 1), fees.get(i)));
        }
        return metered;
    }

    /** What could not be counted of the periods that were measured last, by reason. */
    Map<String, Long> excluded() {
        return excluded;
    }

    private UsageQuery query(Cuts cuts) {
        return new UsageQuery(
                usage.definition().eventType(),
                usage.definition().measure(),
                usage.filter(),
                cuts.span(),
                line.customers(),
                Map.of(),
                split.groupBy().stream().<GroupBy>map(GroupBy.ByProperty::new).toList(),
                cuts.isWhole() ? List.of() : cuts.windows(),
                MOST_PARTS,
                line.whatIf());
    }

    private Metered metered(UsageResult result, int from, int to, List<Breakdown> fees) {
        List<BigDecimal> parts = new ArrayList<>();
        long counted = 0;
        for (Cell cell : cells(result.total(), result.windows(), from, to)) {
            counted += cell.events();
            if (split.groupBy().isEmpty()) {
                parts.add(quantity(cell));
            }
        }
        // A group of the answer has usage in the period that was asked for, be it a level that was left before it.
        boolean isAll = to - from >= result.windows().size();
        for (UsageResult.Group group : result.groups()) {
            List<Cell> cells = cells(group.total(), group.windows(), from, to);
            if (isAll || cells.stream().anyMatch(cell -> cell.events() > 0)) {
                cells.forEach(cell -> parts.add(quantity(cell)));
            }
        }
        return new Metered(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add), counted, parts, fees);
    }

    private static List<Cell> cells(Cell total, List<Cell> windows, int from, int to) {
        return windows.isEmpty() ? List.of(total) : windows.subList(from, to);
    }

    private static BigDecimal quantity(Cell cell) {
        return cell.value() == null ? BigDecimal.ZERO : cell.value();
    }

    /** What each part of each period costs, by a price that looks at every event. */
    private List<List<Breakdown>> fees(UsageQuery query, Cuts cuts) {
        List<List<Breakdown>> fees = new ArrayList<>();
        for (int i = 1; i < cuts.starts().size(); i++) {
            fees.add(new ArrayList<>());
        }
        Price price = line.terms().price();
        if (price != null && price.pricesEvents()) {
            Fees running = new Fees(price, cuts, fees);
            events.amounts(environment, query, running::add);
            running.end();
        }
        return fees;
    }

    /** Takes the events of one part after the other, window by window of one group after the other. */
    private final class Fees {
        private final Price price;
        private final Cuts cuts;
        private final List<List<Breakdown>> fees;
        private final Breakdown unused;
        private final BitSet withUsage = new BitSet();
        private @Nullable Part part;
        private @Nullable RunningPrice running;

        Fees(Price price, Cuts cuts, List<List<Breakdown>> fees) {
            this.price = price;
            this.cuts = cuts;
            this.fees = fees;
            this.unused = price.running().breakdown();
        }

        void add(List<@Nullable String> group, int window, BigDecimal amount) {
            Part now = new Part(group, window);
            if (running == null || !now.equals(part)) {
                endPart();
                if (part != null && !part.group().equals(group)) {
                    endGroup();
                }
                part = now;
                running = price.running();
            }
            running.add(amount);
        }

        private void endPart() {
            if (running != null && part != null) {
                withUsage.set(part.window());
                fees.get(cuts.periodOf(part.window())).add(running.breakdown());
            }
        }

        /** The windows without usage of each period in which the group has some; of all where nothing is grouped. */
        private void endGroup() {
            for (int period = 0; period < fees.size(); period++) {
                int from = cuts.starts().get(period);
                int to = cuts.starts().get(period + 1);
                int used = withUsage.get(from, to).cardinality();
                if (used > 0 || split.groupBy().isEmpty()) {
                    fees.get(period).addAll(Collections.nCopies(to - from - used, unused));
                }
            }
            withUsage.clear();
        }

        void end() {
            endPart();
            endGroup();
        }
    }

    private record Part(List<@Nullable String> group, int window) {}
}
