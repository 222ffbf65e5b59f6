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

    public boolean isAllTime() {
        return metering == Mode.ALL_TIME;
    }

    /** Whether something is to be done at certain times, asked by nobody. */
    boolean isTimed() {
        return isAllTime() || closeAfter != null;
    }

    /** {@code close_after} in the API: {@code manual}, or as in {@code P3D} and {@code PT12H}. */
    String closeAfterText() {
        if (closeAfter == null) {
            return MANUAL;
        }
        boolean wholeDays = closeAfter.equals(Duration.ofDays(closeAfter.toDays())) && !closeAfter.isZero();
        return wholeDays ? "P" + closeAfter.toDays() + "D" : closeAfter.toString();
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
