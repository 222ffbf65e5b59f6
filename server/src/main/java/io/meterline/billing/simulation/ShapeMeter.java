package io.meterline.billing.simulation;

import io.meterline.billing.line.Cuts;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.price.Price;
import io.meterline.store.EventReader;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageQuery.GroupBy;
import io.meterline.store.UsageResult;
import io.meterline.store.UsageResult.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Asks the store for the usage of many customers at once. */
final class ShapeMeter {

    /** Groups times windows that one question may have; customers are fewer at a time where it would be more. */
    static final long MOST_FIGURES = 250_000;

    private final EventReader events;
    private final Environment environment;

    ShapeMeter(EventReader events, Environment environment) {
        this.events = events;
        this.environment = environment;
    }

    /**
     * The usage of customers over the periods of a frame.
     *
     * <p>Throws {@code RuleException} {@code too_many_groups} when one question would have too many figures.
     *
     * @param prices of each customer, those that look at single events
     */
    ShapeUsage usage(Frame frame, Shape shape, Members members, Map<Long, List<Price>> prices) {
        List<ShapeUsage.Answer> answers = new ArrayList<>();
        Map<String, Long> excluded = new HashMap<>();
        for (List<Period> periods : questions(frame, shape)) {
            Cuts cuts = Cuts.of(periods, shape.split(), frame.zone());
            UsageQuery query = query(shape, cuts, members);
            UsageResult result = events.usage(environment, query);
            if (frame.allTime()) {
                excluded.clear(); // The later period has all that the earlier has.
            }
            result.excluded().forEach((reason, count) -> excluded.merge(reason, count, Long::sum));
            Map<Long, List<Group>> groups = byCustomer(result);
            EventFees fees = shape.byEvent() ? fees(query, cuts, shape, prices) : null;
            for (int i = 0; i < periods.size(); i++) {
                answers.add(answer(groups, cuts, fees, i));
            }
        }
        return new ShapeUsage(shape.split(), answers, excluded);
    }

    private static ShapeUsage.Answer answer(
            Map<Long, List<Group>> groups, Cuts cuts, @Nullable EventFees fees, int period) {
        return new ShapeUsage.Answer(
                groups, cuts.starts().get(period), cuts.starts().get(period + 1), !cuts.isWhole(), fees, period);
    }

    /** The periods in one question where that gives the same as one by one. */
    private static List<List<Period>> questions(Frame frame, Shape shape) {
        return !frame.allTime() && shape.canBeWindowed()
                ? List.of(frame.periods())
                : IntStream.range(0, frame.periods().size())
                        .mapToObj(period -> List.of(frame.measured(period)))
                        .toList();
    }

    private static UsageQuery query(Shape shape, Cuts cuts, Members members) {
        List<GroupBy> groupBy = new ArrayList<>();
        groupBy.add(new GroupBy.Customer());
        shape.split().groupBy().forEach(property -> groupBy.add(new GroupBy.ByProperty(property)));
        return new UsageQuery(
                shape.eventType(),
                shape.measure(),
                shape.filter(),
                cuts.span(),
                members.numbers(),
                members.mergedInto(),
                groupBy,
                cuts.isWhole() ? List.of() : cuts.windows(),
                MOST_FIGURES);
    }

    private EventFees fees(UsageQuery query, Cuts cuts, Shape shape, Map<Long, List<Price>> prices) {
        EventFees fees =
                new EventFees(prices, cuts.starts(), !shape.split().groupBy().isEmpty());
        events.amounts(environment, query, fees::add);
        fees.end();
        return fees;
    }

    private static Map<Long, List<Group>> byCustomer(UsageResult result) {
        Map<Long, List<Group>> groups = HashMap.newHashMap(result.groups().size());
        for (Group group : result.groups()) {
            Long customer = Long.valueOf(Objects.requireNonNull(group.key().getFirst()));
            if (group.key().size() == 1) {
                groups.put(customer, List.of(group));
            } else {
                groups.computeIfAbsent(customer, _ -> new ArrayList<>()).add(group);
            }
        }
        return groups;
    }
}
