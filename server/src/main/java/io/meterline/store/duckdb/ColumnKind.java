package io.meterline.store.duckdb;

import io.meterline.event.PropertyValue;
import io.meterline.store.EventTypeSummary.Kind;
import java.math.BigDecimal;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of column that hold a property's values. A row has its value in one of them and null in the others.
 *
 * <p>Numbers have two: nearly all fit {@code DECIMAL(18,6)}, whose sums are 20 times as fast; the rest is exact in
 * {@code DECIMAL(38,18)}.
 */
enum ColumnKind {
    TEXT('t', "VARCHAR", Kind.TEXT),
    NUMBER('n', "DECIMAL(18,6)", Kind.NUMBER),
    WIDE_NUMBER('w', "DECIMAL(38,18)", Kind.NUMBER),
    BOOLEAN('b', "BOOLEAN", Kind.BOOLEAN),
    /** JSON text of an array; {@link #ELEMENTS} stands beside it. */
    ARRAY('a', "VARCHAR", Kind.ARRAY),
    /** Elements of an array as {@link ArrayText#elements} writes them, to find one by. */
    ELEMENTS('e', "VARCHAR", Kind.ARRAY);

    private static final int NARROW_SCALE = 6;
    private static final int NARROW_INTEGER_DIGITS = 12;
    private static final int WIDE_SCALE = 18;

    private final char letter;
    private final String sqlType;
    private final Kind kind;

    ColumnKind(char letter, String sqlType, Kind kind) {
        this.letter = letter;
        this.sqlType = sqlType;
        this.kind = kind;
    }

    char letter() {
        return letter;
    }

    String sqlType() {
        return sqlType;
    }

    Kind kind() {
        return kind;
    }

    /** A mask with one bit set, another for each kind of value; so both columns of a number have the same. */
    int bit() {
        return switch (this) {
            case TEXT -> 1;
            case NUMBER, WIDE_NUMBER -> 2;
            case BOOLEAN -> 4;
            case ARRAY, ELEMENTS -> 8;
        };
    }

    static ColumnKind ofLetter(String letter) {
        for (ColumnKind kind : values()) {
            if (letter.length() == 1 && letter.charAt(0) == kind.letter) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of column has the letter " + letter);
    }

    /** The column that a value goes into, or null for null. An array also goes into {@link #ELEMENTS}. */
    static @Nullable ColumnKind of(PropertyValue value) {
        return switch (value) {
            case PropertyValue.Text ignored -> TEXT;
            case PropertyValue.Number number -> isNarrow(number.value()) ? NUMBER : WIDE_NUMBER;
            case PropertyValue.Bool ignored -> BOOLEAN;
            case PropertyValue.Array ignored -> ARRAY;
            case PropertyValue.Null ignored -> null;
        };
    }

    static boolean isNarrow(BigDecimal canonical) {
        return canonical.scale() <= NARROW_SCALE && canonical.precision() - canonical.scale() <= NARROW_INTEGER_DIGITS;
    }

    /** Appends the part of {@code value} that belongs into this kind of column, else null. */
    void append(@Nullable PropertyValue value, DuckDBAppender out) throws SQLException {
        switch (this) {
            case TEXT -> {
                if (value instanceof PropertyValue.Text(String text)) {
                    out.append(text);
                } else {
                    out.appendNull();
                }
            }
            case NUMBER -> {
                if (value instanceof PropertyValue.Number(BigDecimal number) && isNarrow(number)) {
                    out.appendDecimal(
                            number.setScale(NARROW_SCALE).unscaledValue().longValue());
                } else {
                    out.appendNull();
                }
            }
            case WIDE_NUMBER -> {
                if (value instanceof PropertyValue.Number(BigDecimal number) && !isNarrow(number)) {
                    out.append(number.setScale(WIDE_SCALE));
                } else {
                    out.appendNull();
                }
            }
            case BOOLEAN -> {
                if (value instanceof PropertyValue.Bool(boolean bool)) {
                    out.append(bool);
                } else {
                    out.appendNull();
                }
            }
            case ARRAY -> {
                if (value instanceof PropertyValue.Array array) {
                    out.append(ArrayText.json(array));
                } else {
                    out.appendNull();
                }
            }
            case ELEMENTS -> {
                if (value instanceof PropertyValue.Array array) {
                    out.append(ArrayText.elements(array));
                } else {
                    out.appendNull();
                }
            }
        }
    }
}
