package io.meterline.console.subscription;

import java.time.DateTimeException;
import java.time.Duration;

/** What the rules of a subscription do, in words. */
public final class RuleWords {

    private static final long DAY_SECONDS = 86_400;
    private static final long HOUR_SECONDS = 3_600;

    private RuleWords() {}

    /** When a statement closes: {@code by hand}, {@code 3 days after its period}. */
    public static String closes(String closeAfter) {
        if (closeAfter.equals("manual")) {
            return "by hand";
        }
        return waiting(closeAfter) + " after its period";
    }

    /** A time to wait: {@code 3 days}, {@code 12 hours}. */
    static String waiting(String duration) {
        long seconds;
        try {
            seconds = Duration.parse(duration).toSeconds();
        } catch (DateTimeException e) {
            return duration;
        }
        if (seconds % DAY_SECONDS == 0) {
            return count(seconds / DAY_SECONDS, "day");
        }
        return seconds % HOUR_SECONDS == 0 ? count(seconds / HOUR_SECONDS, "hour") : count(seconds / 60, "minute");
    }

    private static String count(long number, String thing) {
        return number == 1 ? "1 " + thing : number + " " + thing + "s";
    }

    /** What a period counts. */
    public static String metering(String metering) {
        return metering.equals("all_time") ? "all records there are at its end" : "the events dated in it";
    }
}
