package io.meterline.access;

import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import org.jspecify.annotations.Nullable;

/**
 * How many events a key may push.
 *
 * <p>Throws {@code RuleException} {@code invalid_events_per_second} when out of range.
 *
 * @param perSecond 1..1,000,000, null for any number
 */
public record EventRate(@Nullable Integer perSecond) {

    /** Any number of events. */
    public static final EventRate UNLIMITED = new EventRate(null);

    private static final EventRate TEST = new EventRate(50);
    private static final int MAX_PER_SECOND = 1_000_000;

    public EventRate {
        if (perSecond != null && (perSecond < 1 || perSecond > MAX_PER_SECOND)) {
            throw new RuleException(
                    RuleException.Kind.INVALID,
                    "invalid_events_per_second",
                    "events_per_second must be from 1 to 1000000, or null for any number.");
        }
    }

    /** 50 a second in test, any number in live, since the operator owns the machine (product rules, "Push"). */
    public static EventRate defaultOf(Environment environment) {
        return switch (environment) {
            case LIVE -> UNLIMITED;
            case TEST -> TEST;
        };
    }
}
