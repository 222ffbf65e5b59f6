package io.meterline.store;

import io.meterline.event.Event;
import io.meterline.event.Period;
import io.meterline.event.PropertyValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Questions for tests, in a line: {@code usage("api_calls", new Measure.Sum("amount")).from("2026-01-01T00:00:00Z",
 * "2026-02-01T00:00:00Z").byCustomer().build()}.
 *
 * <p>Without further words a question is for all events of all time and all customers, in one figure.
 */
public final class TestUsage {

    private final String eventType;
    private final Measure measure;
    private final Map<Long, Long> mergedInto = new HashMap<>();
    private final List<UsageQuery.GroupBy> groupBy = new ArrayList<>();
    private final List<Period> windows = new ArrayList<>();
    private Filter filter = Filter.NONE;
    private Period period = Period.ALWAYS;
    private @Nullable Set<Long> customers;
    private long mostFigures = Long.MAX_VALUE;
    private List<Event> whatIf = List.of();

    private TestUsage(String eventType, Measure measure) {
        this.eventType = eventType;
        this.measure = measure;
    }

    public static TestUsage usage(String eventType, Measure measure) {
        return new TestUsage(eventType, measure);
    }

    /** The half-open span between two ISO 8601 instants. */
    public static Period period(String from, String to) {
        return new Period(TestEvents.micros(from), TestEvents.micros(to));
    }

    /** A comparison; the kinds of the operands are those of {@link TestEvents#value}. */
    public static Filter is(String property, Filter.Operator operator, @Nullable Object... operands) {
        List<PropertyValue.Scalar> values = new ArrayList<>();
        for (Object operand : operands) {
            values.add(TestEvents.scalar(operand));
        }
        return new Filter.Compare(property, operator, values);
    }

    public TestUsage where(Filter condition) {
        filter = condition;
        return this;
    }

    public TestUsage from(String from, String to) {
        period = period(from, to);
        return this;
    }

    public TestUsage during(Period span) {
        period = span;
        return this;
    }

    public TestUsage customers(long... numbers) {
        Set<Long> set = new LinkedHashSet<>();
        for (long number : numbers) {
            set.add(number);
        }
        customers = set;
        return this;
    }

    public TestUsage merged(long customer, long into) {
        mergedInto.put(customer, into);
        return this;
    }

    public TestUsage byCustomer() {
        groupBy.add(new UsageQuery.GroupBy.Customer());
        return this;
    }

    public TestUsage by(String property) {
        groupBy.add(new UsageQuery.GroupBy.ByProperty(property));
        return this;
    }

    /** Windows between each bound and the next; the period becomes the span of all of them. */
    public TestUsage windows(String... bounds) {
        List<Long> micros = new ArrayList<>();
        for (String bound : bounds) {
            micros.add(TestEvents.micros(bound));
        }
        return windows(micros);
    }

    /** Windows between each bound, in µs, and the next; the period becomes the span of all of them. */
    public TestUsage windows(List<Long> bounds) {
        windows.clear();
        for (int i = 1; i < bounds.size(); i++) {
            windows.add(new Period(bounds.get(i - 1), bounds.get(i)));
        }
        period = new Period(bounds.getFirst(), bounds.getLast());
        return this;
    }

    /** At most so many figures of groups. */
    public TestUsage most(long figures) {
        mostFigures = figures;
        return this;
    }

    /** As if these events had just been pushed. */
    public TestUsage whatIf(List<Event> events) {
        whatIf = events;
        return this;
    }

    public UsageQuery build() {
        return new UsageQuery(
                eventType, measure, filter, period, customers, mergedInto, groupBy, windows, mostFigures, whatIf);
    }
}
