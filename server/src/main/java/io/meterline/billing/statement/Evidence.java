package io.meterline.billing.statement;

import io.meterline.billing.line.MeasuredUsage;
import io.meterline.event.Period;
import io.meterline.store.Filter;
import io.meterline.store.Measure;
import java.util.Set;

/**
 * The events that a line stands on, as a question to the store.
 *
 * @param timestamps when they happened
 * @param ingested when they came in: for an adjustment, since the close
 */
public record Evidence(
        String eventType, Measure measure, Filter filter, Set<Long> customers, Period timestamps, Period ingested) {

    static Evidence of(Statement statement, MeasuredUsage usage, Filter filter) {
        Long measuredAt = statement.measuredAtMicros();
        Period counted = measuredAt == null
                ? statement.period()
                : Period.until(Math.min(statement.period().toMicros(), measuredAt));
        return new Evidence(
                usage.definition().eventType(),
                usage.definition().measure(),
                filter,
                statement.customers(),
                counted,
                Period.ALWAYS);
    }

    Evidence ingestedSince(long micros) {
        return new Evidence(eventType, measure, filter, customers, timestamps, new Period(micros, Long.MAX_VALUE));
    }
}
