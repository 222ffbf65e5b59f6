package io.meterline.loader.source;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads PostgreSQL's {@code 2026-01-05 21:56:52.1+00}, in the ISO style and the zone UTC that every session of ours sets.
 *
 * <p>A date is its midnight, and a time without zone is read, in UTC.
 */
final class TimeText {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;

    private TimeText() {}

    /** Microseconds since 1970. Throws {@link BadCellException} for infinity and years outside 1 to 9999. */
    static long micros(byte[] bytes, int from, int to) {
        int end = withoutZone(bytes, from, to);
        if (end - from != DATE_LENGTH && end - from < SECONDS_LENGTH) {
            throw invalid(bytes, from, to);
        }
        try {
            long days = LocalDate.of(
                            number(bytes, from, from + 4),
                            number(bytes, from + 5, from + 7),
                            number(bytes, from + 8, from + 10))
                    .toEpochDay();
            long seconds = days * 86_400;
            if (end - from == DATE_LENGTH) {
                return seconds * MICROS_PER_SECOND;
            }
            seconds += number(bytes, from + 11, from + 13) * 3_600L
                    + number(bytes, from + 14, from + 16) * 60L
                    + number(bytes, from + 17, from + 19);
            return seconds * MICROS_PER_SECOND + fraction(bytes, from + SECONDS_LENGTH, end);
        } catch (DateTimeException | NumberFormatException e) {
            throw invalid(bytes, from, to);
        }
    }

    /** ISO 8601: a T for the blank, 3 or 6 fractional digits, Z for the zone UTC. Infinity and years BC stay as they are. */
    static String iso(String text) {
        if (text.length() < SECONDS_LENGTH || text.endsWith("BC")) {
            return text;
        }
        boolean zoned = text.endsWith("+00");
        String local = (zoned ? text.substring(0, text.length() - 3) : text).replace(' ', 'T');
        int point = local.indexOf('.');
        if (point >= 0) {
            int digits = local.length() - point - 1;
            local += "0".repeat(digits <= 3 ? 3 - digits : 6 - digits);
        }
        return zoned ? local + "Z" : local;
    }

    private static int withoutZone(byte[] bytes, int from, int to) {
        boolean utc =
                to - from > SECONDS_LENGTH && bytes[to - 3] == '+' && bytes[to - 2] == '0' && bytes[to - 1] == '0';
        return utc ? to - 3 : to;
    }

    private static long fraction(byte[] bytes, int from, int end) {
        if (from == end) {
            return 0;
        }
        if (bytes[from] != '.' || end - from > 7) {
            throw new NumberFormatException("no fraction");
        }
        long micros = number(bytes, from + 1, end);
        for (int digits = end - from - 1; digits < 6; digits++) {
            micros *= 10;
        }
        return micros;
    }

    private static int number(byte[] bytes, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new NumberFormatException("no digit");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static BadCellException invalid(byte[] bytes, int from, int to) {
        return new BadCellException(
                "invalid_timestamp", CellDecoder.text(bytes, from, to) + " is no time between the years 1 and 9999.");
    }
}
