package io.meterline.billing.simulation;

import io.meterline.price.Price;
import io.meterline.price.Split;
import io.meterline.price.Usage;
import io.meterline.store.UsageResult.Cell;
import io.meterline.store.UsageResult.Group;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The usage of some customers over the periods of a frame, in one shape.
 *
 * <p>A price that splits usage by windows takes every window of a period, also one without usage. One that splits it by
 * properties takes the groups that have usage in the period, so none where there is none at all.
 */
final class ShapeUsage {

    private static final Part NOTHING = Part.whole(BigDecimal.ZERO, 0);

    private final Split split;
    private final List<Answer> periods;
    private final Map<String, Long> excluded;

    // The scenarios of a customer ask for the same one after the other.
    private long lastCustomer = -1;
    private int lastPeriod = -1;
    private Part last = NOTHING;

    /**
     * What an answer of the store says about one period.
     *
     * @param groups of each customer with usage; the same map for all periods that were asked for together
     * @param from the first window of the period
     * @param to behind its last window
     * @param windowed whether the answer has windows at all
     * @param fees where each event is priced
     * @param feesPeriod the number of the period there
     */
    record Answer(
            Map<Long, List<Group>> groups,
            int from,
            int to,
            boolean windowed,
            @Nullable EventFees fees,
            int feesPeriod) {

        /** Whether the period was asked for alone, so that its groups are those of the answer, a level left before it included. */
        private boolean isAlone(Group group) {
            return !windowed || to - from == group.windows().size();
        }

        private List<Cell> cells(Group group) {
            return windowed ? group.windows().subList(from, to) : List.of(group.total());
        }

        private Cell onlyCell(Group group) {
            return windowed ? group.windows().get(from) : group.total();
        }
    }

    /**
     * Of one answer for each period.
     *
     * @param excluded events that could not be counted, by reason
     */
    ShapeUsage(Split split, List<Answer> periods, Map<String, Long> excluded) {
        this.split = split;
        this.periods = List.copyOf(periods);
        this.excluded = Map.copyOf(excluded);
    }

    Map<String, Long> excluded() {
        return excluded;
    }

    /** Adds the number of every customer with usage in some period. */
    void addCustomersTo(Set<Long> customers) {
        for (Answer answer : periods) {
            if (answer.from()
                    == 0) { // The first of those that were asked for together, or one that was asked for alone.
                customers.addAll(answer.groups().keySet());
            }
        }
    }

    /** What a customer used in a period. */
    Part of(long customer, int period) {
        if (customer != lastCustomer || period != lastPeriod) {
            last = read(customer, periods.get(period));
            lastCustomer = customer;
            lastPeriod = period;
        }
        return last;
    }

    /** What a customer's usage of a period costs, exactly. */
    BigDecimal exactAmount(long customer, int period, Price price) {
        Answer answer = periods.get(period);
        if (answer.fees() != null) {
            return answer.fees().of(customer, answer.feesPeriod(), price);
        }
        Part part = of(customer, period);
        if (part.parts().size() == 1) {
            return price.exactAmount(Usage.of(part.quantity()));
        }
        BigDecimal amount = BigDecimal.ZERO;
        for (BigDecimal one : part.parts()) {
            amount = amount.add(price.exactAmount(Usage.of(one)));
        }
        return amount;
    }

    private Part read(long customer, Answer answer) {
        List<Group> groups = answer.groups().getOrDefault(customer, List.of());
        boolean grouped = !split.groupBy().isEmpty();
        if (!grouped && answer.to() - answer.from() == 1) {
            return groups.isEmpty() ? NOTHING : whole(answer.onlyCell(groups.getFirst()));
        }
        List<BigDecimal> parts = new ArrayList<>();
        long events = 0;
        for (Group group : groups) {
            List<Cell> cells = answer.cells(group);
            boolean used = cells.stream().anyMatch(cell -> cell.events() > 0);
            for (Cell cell : cells) {
                if (used || !grouped || answer.isAlone(group)) {
                    parts.add(quantity(cell));
                }
                events += cell.events();
            }
        }
        for (int window = answer.from(); groups.isEmpty() && !grouped && window < answer.to(); window++) {
            parts.add(BigDecimal.ZERO);
        }
        return new Part(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add), events, parts);
    }

    private static Part whole(Cell cell) {
        return Part.whole(quantity(cell), cell.events());
    }

    private static BigDecimal quantity(Cell cell) {
        return cell.value() == null ? BigDecimal.ZERO : cell.value();
    }
}
