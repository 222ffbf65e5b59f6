package io.meterline.billing;

import io.meterline.meter.Mode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the statements of a subscription come about.
 *
 * @param metering what counts for a period: the events dated in it, or all records that there are at its end
 * @param closeAfter how long after its period a statement closes by itself; null for those that somebody closes
 * @param proratesFlatFees whether a flat fee of a period that is cut short is less, by the time that is missing
 */
public record StatementRules(Mode metering, @Nullable Duration closeAfter, boolean proratesFlatFees) {

    /** Where nothing is said. */
    public static final StatementRules DEFAULT = new StatementRules(Mode.PERIOD, null, true);

    private static final String MANUAL = "manual";
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    public boolean isAllTime() {
        return metering == Mode.ALL_TIME;
    }

    /** Whether something is to be done at certain times, asked by nobody. */
    boolean isTimed() {
        return isAllTime() || closeAfter != null;
    }

    /** {@code close_after} in the API: {@code manual}, or in the largest unit that fits, as in {@code P3D} and {@code PT12H}. */
    String closeAfterText() {
        if (closeAfter == null) {
            return MANUAL;
        }
        long seconds = closeAfter.toSeconds();
        if (seconds > 0 && seconds % DAY == 0) {
            return "P" + seconds / DAY + "D";
        }
        if (seconds % HOUR == 0) {
            return "PT" + seconds / HOUR + "H";
        }
        return seconds % MINUTE == 0 ? "PT" + seconds / MINUTE + "M" : "PT" + seconds + "S";
    }

    /**
     * The time that {@link #closeAfterText} stands for, null for {@code manual}.
     *
     * @throws java.time.format.DateTimeParseException when it is none
     */
    static @Nullable Duration closeAfter(String text) {
        return text.equals(MANUAL) ? null : Duration.parse(text);
    }
}
