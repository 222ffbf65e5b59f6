package io.meterline.store;

import io.meterline.event.Event;
import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.event.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question for a figure.
 *
 * @param eventType whose events
 * @param measure what to compute
 * @param filter which of them count
 * @param period whose timestamps count; without a beginning in the mode {@code all_time}
 * @param customers numbers of the customers that count, null for all
 * @param mergedInto for grouping by customer: the number of a merged customer to the number it now belongs to. Customers
 *     that were never merged are not in it
 * @param groupBy what to split the figure by, may be empty
 * @param windows half-open windows to split the figure by: adjoining, rising, together covering the period exactly; empty
 *     for none
 * @param mostFigures how many figures of groups, one for each window, the answer may have
 * @param whatIf events that the answer takes for just pushed, in this order, though they are stored nowhere: they correct
 *     what they are newer versions of, and may have a type and properties that no event ever had. Those of other types
 *     change nothing. Pushed or imported ones of the environment that is asked, a few thousand at most
 */
public record UsageQuery(
        String eventType,
        Measure measure,
        Filter filter,
        Period period,
        @Nullable Set<Long> customers,
        Map<Long, Long> mergedInto,
        List<GroupBy> groupBy,
        List<Period> windows,
        long mostFigures,
        List<Event> whatIf) {

    /** A question about what is stored. */
    public UsageQuery(
            String eventType,
            Measure measure,
            Filter filter,
            Period period,
            @Nullable Set<Long> customers,
            Map<Long, Long> mergedInto,
            List<GroupBy> groupBy,
            List<Period> windows,
            long mostFigures) {
        this(eventType, measure, filter, period, customers, mergedInto, groupBy, windows, mostFigures, List.of());
    }

    /** A question about what is stored, whose answer may be of any size. */
    public UsageQuery(
            String eventType,
            Measure measure,
            Filter filter,
            Period period,
            @Nullable Set<Long> customers,
            Map<Long, Long> mergedInto,
            List<GroupBy> groupBy,
            List<Period> windows) {
        this(eventType, measure, filter, period, customers, mergedInto, groupBy, windows, Long.MAX_VALUE);
    }

    public UsageQuery {
        mergedInto = Map.copyOf(mergedInto);
        groupBy = List.copyOf(groupBy);
        windows = List.copyOf(windows);
        whatIf = List.copyOf(whatIf);
        if (whatIf.stream().anyMatch(event -> event.source() == Source.LOADER)) {
            throw new IllegalArgumentException("Only pushed and imported events can be supposed, not pulled rows.");
        }
    }

    /** The same question, as if these events had just been pushed. */
    public UsageQuery withWhatIf(List<Event> events) {
        return new UsageQuery(
                eventType, measure, filter, period, customers, mergedInto, groupBy, windows, mostFigures, events);
    }

    /** What {@code usage} throws when an answer would have more figures than {@link #mostFigures}. */
    public RuleException tooManyGroups() {
        return new RuleException(
                RuleException.Kind.UNPROCESSABLE,
                "too_many_groups",
                "The answer would have more than " + mostFigures
                        + " figures (groups times windows), or keys of groups that are too long to hold. Ask for larger"
                        + " windows, a shorter period, one customer, or fewer groups.");
    }

    /** Something to split a figure by. */
    public sealed interface GroupBy {

        /** By customer, merged ones together. */
        record Customer() implements GroupBy {}

        /** By the canonical text of a property; events without it form the group null. */
        record ByProperty(String property) implements GroupBy {}
    }
}
