package io.meterline.ingest;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads a written time, character by character and strictly; a cursor that moves on as it accepts. */
final class TimestampText {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int MAX_OFFSET_MINUTES = 18 * 60;

    private final char[] text;
    private final int end;
    private int at;

    private TimestampText(char[] text, int offset, int length) {
        this.text = text;
        this.at = offset;
        this.end = offset + length;
    }

    /** Microseconds since 1970. Throws {@link InvalidEventException} with {@code invalid_timestamp}. */
    static long micros(char[] text, int offset, int length) {
        return new TimestampText(text, offset, length).read();
    }

    private long read() {
        long seconds = date() * SECONDS_PER_DAY;
        if (at == end) {
            return seconds * MICROS_PER_SECOND;
        }
        if (!accept('T') && !accept('t') && !accept(' ')) {
            throw invalid();
        }
        seconds += number(2, 23) * 3600L;
        expect(':');
        seconds += number(2, 59) * 60L;
        long fraction = 0;
        if (accept(':')) {
            seconds += number(2, 59);
            fraction = accept('.') ? fractionMicros() : 0;
        }
        seconds -= 60L * offsetMinutes();
        if (at != end) {
            throw invalid();
        }
        return seconds * MICROS_PER_SECOND + fraction;
    }

    private long date() {
        int year = number(4, 9999);
        expect('-');
        int month = number(2, 12);
        expect('-');
        int day = number(2, 31);
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            throw invalid();
        }
    }

    /** Microseconds; at least one digit, those beyond the sixth are cut. */
    private int fractionMicros() {
        int first = at;
        int micros = 0;
        while (at < end && isDigit(text[at])) {
            if (at - first < 6) {
                micros = micros * 10 + (text[at] - '0');
            }
            at++;
        }
        int digits = at - first;
        if (digits == 0) {
            throw invalid();
        }
        for (int i = digits; i < 6; i++) {
            micros *= 10;
        }
        return micros;
    }

    /** Nothing and Z are UTC; else +HH, +HHMM or +HH:MM, at most 18 hours. */
    private int offsetMinutes() {
        if (at == end || accept('Z') || accept('z')) {
            return 0;
        }
        boolean west = accept('-');
        if (!west) {
            expect('+');
        }
        int minutes = number(2, 18) * 60;
        if (at < end) {
            accept(':');
            minutes += number(2, 59);
        }
        if (minutes > MAX_OFFSET_MINUTES) {
            throw invalid();
        }
        return west ? -minutes : minutes;
    }

    private int number(int digits, int max) {
        if (end - at < digits) {
            throw invalid();
        }
        int value = 0;
        for (int i = 0; i < digits; i++) {
            char c = text[at++];
            if (!isDigit(c)) {
                throw invalid();
            }
            value = value * 10 + (c - '0');
        }
        if (value > max) {
            throw invalid();
        }
        return value;
    }

    private boolean accept(char expected) {
        boolean there = at < end && text[at] == expected;
        if (there) {
            at++;
        }
        return there;
    }

    private void expect(char expected) {
        if (!accept(expected)) {
            throw invalid();
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static InvalidEventException invalid() {
        return new InvalidEventException(EventErrorCode.INVALID_TIMESTAMP, "timestamp");
    }
}
