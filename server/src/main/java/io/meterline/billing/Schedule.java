package io.meterline.billing;

import io.meterline.event.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The billing periods of one subscription: those of its calendar, cut where it starts, where its terms change, and where
 * it ends. They adjoin, and together they are the time from its start to its end.
 *
 * @param parts at least one, in the order of time; the first starts where the subscription does
 * @param endMicros where it ends; {@code Long.MAX_VALUE} for one that goes on
 */
public record Schedule(List<Part> parts, long endMicros) {

    public Schedule {
        parts = List.copyOf(parts);
    }

    /** A calendar and when it comes into force. */
    public record Part(long fromMicros, BillingCalendar calendar) {}

    /**
     * A period and that of the calendar which it was cut from.
     *
     * @param whole the same where nothing was cut off
     */
    public record Slot(Period period, Period whole) {}

    /** The period that holds a time; empty before the start and from the end on. */
    public Optional<Period> periodAt(long micros) {
        return at(micros).map(Slot::period);
    }

    /** The periods that began until a time, from the first on. */
    public List<Slot> begunBy(long micros) {
        List<Slot> slots = new ArrayList<>();
        long next = parts.getFirst().fromMicros();
        while (next <= micros) {
            Optional<Slot> slot = at(next);
            if (slot.isEmpty()) {
                break;
            }
            slots.add(slot.get());
            next = slot.get().period().toMicros();
        }
        return slots;
    }

    private Optional<Slot> at(long micros) {
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
        Period cut = new Period(Math.max(whole.fromMicros(), part.fromMicros()), Math.min(whole.toMicros(), end));
        return Optional.of(new Slot(cut, whole));
    }
}
