package io.meterline.loader;

import io.meterline.event.Timestamps;
import io.meterline.loader.source.BoundValue;
import io.meterline.loader.source.ValueType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cursor values as texts, in order, and less an overlap. */
final class CursorValues {

    private static final Duration DEFAULT_OVERLAP = Duration.ofMinutes(10);
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?");

    private CursorValues() {}

    /** Throws {@link LoadException} {@code invalid_cursor_value}. */
    static BoundValue parse(ValueType type, String text) {
        try {
            return switch (type) {
                case ZONED_TIME, LOCAL_TIME, DATE -> new BoundValue.Time(type, micros(text.strip()));
                case INTEGER ->
                    new BoundValue.Number(type, BigDecimal.valueOf(number(text).longValueExact()));
                case NUMBER -> new BoundValue.Number(type, number(text));
                case TEXT -> new BoundValue.Text(type, text);
                case UUID ->
                    new BoundValue.Text(type, UUID.fromString(text).toString().toLowerCase(Locale.ROOT));
            };
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new LoadException(
                    "invalid_cursor_value",
                    "The cursor's column holds " + words(type) + ", and \"" + text
                            + "\" is none. Correct cursor.initial, or give the cursor another value.");
        }
    }

    /** The text that {@link #parse} reads; null for the least value. */
    static @Nullable String text(@Nullable BoundValue value) {
        return switch (value) {
            case null -> null;
            case BoundValue.Least _ -> null;
            case BoundValue.Time time
            when time.type() == ValueType.DATE -> day(time).toString();
            case BoundValue.Time time -> Timestamps.text(time.micros());
            case BoundValue.Number number -> number.value().toPlainString();
            case BoundValue.Text text -> text.value();
        };
    }

    /** Values of one type; null is less than all. */
    static int compare(@Nullable BoundValue a, @Nullable BoundValue b) {
        if (a instanceof BoundValue.Time x && b instanceof BoundValue.Time y) {
            return Long.compare(x.micros(), y.micros());
        }
        if (a instanceof BoundValue.Number x && b instanceof BoundValue.Number y) {
            return x.value().compareTo(y.value());
        }
        if (a instanceof BoundValue.Text x && b instanceof BoundValue.Text y) {
            return compareCodePoints(x.value(), y.value());
        }
        return Boolean.compare(hasValue(a), hasValue(b));
    }

    static @Nullable BoundValue least(@Nullable BoundValue a, @Nullable BoundValue b) {
        return compare(a, b) <= 0 ? a : b;
    }

    static @Nullable BoundValue greatest(@Nullable BoundValue a, @Nullable BoundValue b) {
        return compare(a, b) >= 0 ? a : b;
    }

    /** Throws {@link LoadException} {@code invalid_cursor_value} when the overlap is none for such a value. */
    static BoundValue minus(BoundValue value, @Nullable String overlap) {
        return switch (value) {
            case BoundValue.Least least -> least;
            case BoundValue.Time time -> {
                Duration back = overlap == null ? DEFAULT_OVERLAP : duration(overlap);
                yield new BoundValue.Time(time.type(), time.micros() - back.toNanos() / 1_000);
            }
            case BoundValue.Number number -> {
                BigDecimal less =
                        overlap == null ? number.value() : number.value().subtract(whole(overlap));
                BigDecimal least = BigDecimal.valueOf(Long.MIN_VALUE);
                yield new BoundValue.Number(number.type(), number.type() == ValueType.INTEGER ? less.max(least) : less);
            }
            case BoundValue.Text text -> text;
        };
    }

    private static Duration duration(String overlap) {
        if (!overlap.startsWith("P") && !overlap.startsWith("p")) {
            throw new LoadException(
                    "invalid_cursor_value",
                    "The cursor's column holds times: cursor.overlap must be a duration such as PT10M.");
        }
        return Duration.parse(overlap);
    }

    private static BigDecimal whole(String overlap) {
        if (!Character.isDigit(overlap.charAt(0))) {
            throw new LoadException(
                    "invalid_cursor_value",
                    "The cursor's column holds numbers: cursor.overlap must be a whole number such as 100.");
        }
        return new BigDecimal(overlap);
    }

    private static long micros(String text) {
        String iso = text.replace(' ', 'T');
        if (iso.length() <= 10) {
            return LocalDate.parse(iso).toEpochDay() * MICROS_PER_DAY;
        }
        boolean zoned = iso.endsWith("Z") || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
        OffsetDateTime time =
                zoned ? OffsetDateTime.parse(iso) : LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
        return Timestamps.micros(time.toInstant());
    }

    private static BigDecimal number(String text) {
        if (!NUMBER.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException("no number");
        }
        return new BigDecimal(text.strip());
    }

    private static LocalDate day(BoundValue.Time time) {
        return LocalDate.ofEpochDay(Math.floorDiv(time.micros(), MICROS_PER_DAY));
    }

    private static boolean hasValue(@Nullable BoundValue value) {
        return value != null && !(value instanceof BoundValue.Least);
    }

    // Not as compareTo does, which puts characters beyond the first 65,536 before some of those.
    private static int compareCodePoints(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                boolean surrogates = Character.isSurrogate(a.charAt(i)) != Character.isSurrogate(b.charAt(i));
                return surrogates ? (Character.isSurrogate(a.charAt(i)) ? 1 : -1) : a.charAt(i) - b.charAt(i);
            }
        }
        return a.length() - b.length();
    }

    private static String words(ValueType type) {
        return switch (type) {
            case ZONED_TIME, LOCAL_TIME -> "times";
            case DATE -> "dates";
            case INTEGER -> "whole numbers";
            case NUMBER -> "numbers";
            case TEXT -> "texts";
            case UUID -> "UUIDs";
        };
    }
}
