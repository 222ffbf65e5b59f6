package io.meterline.loader.source;

import io.meterline.event.PropertyValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the cells of JDBC results become.
 *
 * <p>A cell is null, a {@code String}, {@code BigDecimal}, {@code Boolean}, {@code LocalDate}, {@code LocalDateTime},
 * {@code Instant}, a list of those, {@link Json} or {@link Unreadable}.
 */
final class Cells {

    private static final int FIXED_BYTES = 8;
    private static final int MAX_YEAR = 9_999;
    private static final DateTimeFormatter SECONDS = formatter("");
    private static final DateTimeFormatter MILLIS = formatter(".SSS");
    private static final DateTimeFormatter MICROS = formatter(".SSSSSS");

    private Cells() {}

    /** The text of a JSON value. */
    record Json(String text) {}

    /**
     * A cell that no property can hold.
     *
     * @param text to show
     */
    record Unreadable(BadCellException reason, String text) {}

    static PropertyValue value(@Nullable Object cell) {
        return switch (cell) {
            case null -> PropertyValue.Null.NULL;
            case String text -> new PropertyValue.Text(text);
            case BigDecimal number -> new PropertyValue.Number(number);
            case Boolean bool -> PropertyValue.Bool.of(bool);
            case List<?> elements -> array(elements);
            case Json json -> json(json.text());
            case Unreadable unreadable -> throw unreadable.reason();
            default -> new PropertyValue.Text(String.valueOf(text(cell)));
        };
    }

    /** Throws {@link BadCellException} for years outside 1 to 9999, and for a cell that is no time. */
    static long micros(@Nullable Object cell) {
        return switch (cell) {
            case LocalDate date -> micros(date.atStartOfDay());
            case LocalDateTime time -> micros(time);
            case Instant time -> micros(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
            case Unreadable unreadable -> throw unreadable.reason();
            case null, default -> throw notATime(cell);
        };
    }

    static @Nullable String text(@Nullable Object cell) {
        return switch (cell) {
            case null -> null;
            case BigDecimal number -> number.toPlainString();
            case LocalDateTime time -> iso(time);
            case Instant time -> iso(LocalDateTime.ofInstant(time, ZoneOffset.UTC)) + "Z";
            case List<?> elements -> elements.stream().map(Cells::text).toList().toString();
            case Json json -> json.text();
            case Unreadable unreadable -> unreadable.text();
            default -> cell.toString();
        };
    }

    /** About as many as the source had to send. */
    static long bytes(@Nullable Object cell) {
        return switch (cell) {
            case null -> 1;
            case String text -> utf8Length(text);
            case Json json -> utf8Length(json.text());
            case Unreadable unreadable -> utf8Length(unreadable.text());
            case List<?> elements -> elements.stream().mapToLong(Cells::bytes).sum();
            default -> FIXED_BYTES;
        };
    }

    private static PropertyValue array(List<?> elements) {
        List<PropertyValue.Scalar> scalars = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(value(element) instanceof PropertyValue.Scalar scalar)) {
                throw new BadCellException("nested_array", "A property can hold a flat array only: " + text(elements));
            }
            scalars.add(scalar);
        }
        return new PropertyValue.Array(scalars);
    }

    private static PropertyValue json(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return JsonScalar.decode(bytes, 0, bytes.length);
    }

    private static long micros(LocalDateTime time) {
        if (time.getYear() < 1 || time.getYear() > MAX_YEAR) {
            throw notATime(time);
        }
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
    }

    private static String iso(LocalDateTime time) {
        int micros = time.get(ChronoField.MICRO_OF_SECOND);
        DateTimeFormatter format = micros == 0 ? SECONDS : micros % 1_000 == 0 ? MILLIS : MICROS;
        return format.format(time);
    }

    private static DateTimeFormatter formatter(String fraction) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss" + fraction, Locale.ROOT);
    }

    private static BadCellException notATime(@Nullable Object cell) {
        return new BadCellException("invalid_timestamp", text(cell) + " is no time between the years 1 and 9999.");
    }

    private static long utf8Length(String text) {
        long length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a pair is 2 of the 4 bytes.
            length += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return length;
    }
}
