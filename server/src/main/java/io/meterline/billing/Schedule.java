package io.meterline.billing;

import io.meterline.event.Period;
import java.util.List;
import java.util.Optional;

/**
 * The billing periods of one subscription: those of its calendar, cut where it starts, where its terms change, and where
 * it ends. They adjoin, and together they are the time from its start to its end.
 *
 * @param parts at least one, in the order of time; the first starts where the subscription does
 * @param endMicros where it ends; {@code Long.MAX_VALUE} for one that goes on
 */
record Schedule(List<Part> parts, long endMicros) {

    Schedule {
        parts = List.copyOf(parts);
    }

    /** A calendar and when it comes into force. */
    record Part(long fromMicros, BillingCalendar calendar) {}

    /** The period that holds a time; empty before the start and from the end on. */
    Optional<Period> periodAt(long micros) {
        if (micros < parts.getFirst().fromMicros() || micros >= endMicros) {
            return Optional.empty();
        }
        long end = endMicros;
        int index = parts.size() - 1;
        while (parts.get(index).fromMicros() > micros) {
            end = Math.min(end, parts.get(index).fromMicros());
            index--;
        }
        Part part = parts.get(index);
        Period whole = part.calendar().around(micros);
        return Optional.of(
                new Period(Math.max(whole.fromMicros(), part.fromMicros()), Math.min(whole.toMicros(), end)));
    }
}
