package io.meterline.console.subscription;

import org.jspecify.annotations.Nullable;

/** How long a period is. */
public record Interval(String period, @Nullable Integer count) {

    /** {@code monthly}, {@code every 3 months}. */
    public String words() {
        int every = count == null ? 1 : count;
        if (every > 1) {
            return "every " + every + " " + period;
        }
        return switch (period) {
            case "days" -> "daily";
            case "weeks" -> "weekly";
            case "years" -> "yearly";
            default -> "monthly";
        };
    }

    /** One of how many it is counted as. */
    public int times() {
        return count == null ? 1 : count;
    }

    boolean isSame(Interval other) {
        return period.equals(other.period) && times() == other.times();
    }
}
