package io.meterline.store.duckdb;

import io.meterline.event.Property;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQL expressions that hold a property's value, one for each kind that it can have; null where it never had that kind.
 *
 * <p>Names of properties do not appear in them: columns are named by number.
 */
record PropertySql(
        @Nullable String text,
        @Nullable String narrow,
        @Nullable String wide,
        @Nullable String bool,
        @Nullable String array,
        @Nullable String elements) {

    // Within the stored digits; zeros in front and behind do not count.
    private static final String PLAIN_DECIMAL = "-?0*[0-9]{1,20}(\\.[0-9]{1,18}0*)?";
    private static final int LONGEST_PLAIN_DECIMAL = 200;
    private static final String ID_IS_NUMBER = "(id_number AND length(ltrim(id, '-')) <= 20)";

    static PropertySql of(TypeLayout layout, String name) {
        if (name.equals(Property.ID)) {
            return new PropertySql(
                    "(CASE WHEN NOT " + ID_IS_NUMBER + " THEN id END)",
                    null,
                    "(CASE WHEN " + ID_IS_NUMBER + " THEN TRY_CAST(id AS DECIMAL(38,18)) END)",
                    null,
                    null,
                    null);
        }
        Integer number = layout.property(name);
        return new PropertySql(
                column(layout, number, ColumnKind.TEXT),
                column(layout, number, ColumnKind.NUMBER),
                column(layout, number, ColumnKind.WIDE_NUMBER),
                column(layout, number, ColumnKind.BOOLEAN),
                column(layout, number, ColumnKind.ARRAY),
                column(layout, number, ColumnKind.ELEMENTS));
    }

    private static @Nullable String column(TypeLayout layout, @Nullable Integer property, ColumnKind kind) {
        return property != null && layout.has(property, kind) ? new Column(property, kind).name() : null;
    }

    /** Whether every value that there is fits {@code DECIMAL(18,6)}. */
    boolean isAlwaysNarrow() {
        return narrow != null && kinds().size() == 1;
    }

    /** True where the property has a value. */
    String isPresent() {
        List<String> kinds = new ArrayList<>();
        for (String kind : kinds()) {
            kinds.add(kind + " IS NOT NULL");
        }
        return kinds.isEmpty() ? "FALSE" : "(" + String.join(" OR ", kinds) + ")";
    }

    /** The number that text stands for, null where it stands for none; {@code DECIMAL(38,18)}. */
    String textAsNumber() {
        return text == null
                ? "NULL::DECIMAL(38,18)"
                : "(CASE WHEN length(%1$s) <= %2$d AND regexp_full_match(%1$s, '%3$s') THEN TRY_CAST(%1$s AS DECIMAL(38,18)) END)"
                        .formatted(text, LONGEST_PLAIN_DECIMAL, PLAIN_DECIMAL);
    }

    /** A number that fits {@code DECIMAL(18,6)}, else null. */
    String narrowNumber() {
        return narrow == null ? "NULL::DECIMAL(18,6)" : narrow;
    }

    /** A number that does not fit the narrow column, or that text stands for; {@code DECIMAL(38,18)}. */
    String otherNumber() {
        return wide == null ? textAsNumber() : "coalesce(" + wide + ", " + textAsNumber() + ")";
    }

    /** Any number; {@code DECIMAL(38,18)}. */
    String number() {
        return "coalesce(CAST(" + narrowNumber() + " AS DECIMAL(38,18)), " + otherNumber() + ")";
    }

    /** True where there is a number. */
    String isNumber() {
        return "(" + narrowNumber() + " IS NOT NULL OR " + otherNumber() + " IS NOT NULL)";
    }

    /** True where text counts as a number. */
    String isCoerced() {
        return text == null ? "FALSE" : "(" + textAsNumber() + " IS NOT NULL)";
    }

    /** The canonical text of whatever value there is; null where there is none. */
    String canonicalText() {
        List<String> parts = new ArrayList<>();
        if (text != null) {
            parts.add(text);
        }
        for (String number : new @Nullable String[] {narrow, wide}) {
            if (number != null) {
                parts.add("rtrim(rtrim(CAST(" + number + " AS VARCHAR), '0'), '.')");
            }
        }
        if (bool != null) {
            parts.add("CAST(" + bool + " AS VARCHAR)");
        }
        if (array != null) {
            parts.add(array);
        }
        return parts.isEmpty() ? "NULL::VARCHAR" : "coalesce(" + String.join(", ", parts) + ", NULL)";
    }

    private List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        for (String kind : new @Nullable String[] {text, narrow, wide, bool, array}) {
            if (kind != null) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
