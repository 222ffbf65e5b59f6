package io.meterline.store.duckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A piece of SQL that is true or false, with the texts that its question marks stand for. */
record Condition(String sql, List<String> parameters) {

    static final Condition TRUE = new Condition("TRUE", List.of());
    static final Condition FALSE = new Condition("FALSE", List.of());

    Condition {
        parameters = List.copyOf(parameters);
    }

    static Condition of(String sql, String... parameters) {
        return new Condition(sql, List.of(parameters));
    }

    static Condition all(List<Condition> parts) {
        return joined(parts, " AND ", TRUE);
    }

    static Condition any(List<Condition> parts) {
        return joined(parts, " OR ", FALSE);
    }

    /** Holds where this one is false; it must not be unknown anywhere, see {@link #twoValued}. */
    Condition not() {
        return new Condition("(NOT " + sql + ")", parameters);
    }

    /** False, not unknown, where a null is compared. */
    Condition twoValued() {
        return new Condition("coalesce(" + sql + ", FALSE)", parameters);
    }

    private static Condition joined(List<Condition> parts, String operator, Condition ofNone) {
        if (parts.isEmpty()) {
            return ofNone;
        }
        List<String> parameters = new ArrayList<>();
        parts.forEach(part -> parameters.addAll(part.parameters));
        return new Condition(
                parts.stream().map(Condition::sql).collect(Collectors.joining(operator, "(", ")")), parameters);
    }
}
