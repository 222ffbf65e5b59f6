package io.meterline.access;

import io.meterline.event.RuleException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * What is set for one environment.
 *
 * <p>Throws {@code RuleException} {@code invalid_future_tolerance} when out of range.
 *
 * @param excessDigits what happens to a pushed number with more than 18 fractional digits; default reject
 * @param futureTolerance how far ahead of the clock a timestamp may lie, 0 to 366 days
 * @param createCustomersOnPush whether an unknown external id makes a customer; default true
 */
public record EnvironmentSettings(ExcessDigits excessDigits, Duration futureTolerance, boolean createCustomersOnPush) {

    private static final Duration MAX_TOLERANCE = Duration.ofDays(366);

    public EnvironmentSettings {
        if (futureTolerance.isNegative() || futureTolerance.compareTo(MAX_TOLERANCE) > 0) {
            throw new RuleException(
                    RuleException.Kind.INVALID,
                    "invalid_future_tolerance",
                    "future_tolerance must be from PT0S to P366D, as in P1D.");
        }
    }

    /** What happens to a number with more fractional digits than are stored. */
    public enum ExcessDigits {
        REJECT,
        ROUND;

        /** The name in the API and in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one with this text. Throws {@code RuleException} {@code invalid_excess_digits} for any other. */
        public static ExcessDigits of(String text) {
            return Arrays.stream(values())
                    .filter(value -> value.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new RuleException(
                            RuleException.Kind.INVALID,
                            "invalid_excess_digits",
                            "excess_digits must be reject or round, not %s.".formatted(text)));
        }
    }
}
