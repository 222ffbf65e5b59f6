package io.meterline.console.loader;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The first rows of a query as the API shows them. */
public record Preview(List<Check> checks, List<Column> columns, List<Map<String, JsonNode>> rows, long tookMs) {

    private static final Pattern NUMBER = Pattern.compile(
            "(?i)u?(tiny|small|medium|big|huge)?(int|integer|serial)\\d*.*|(numeric|decimal|float|double|real|money|number).*");

    /** Something that was looked at. */
    public record Check(
            String name,
            boolean ok,
            String message,
            @Nullable String hint) {}

    /** A column in the words of the source. */
    public record Column(String name, String type) {

        /** Whether its values stand at the right. */
        public boolean isNumber() {
            return NUMBER.matcher(type).matches();
        }
    }

    boolean has(String column) {
        return columns.stream().anyMatch(one -> one.name().equals(column));
    }

    String type(String column) {
        return columns.stream()
                .filter(one -> one.name().equals(column))
                .map(Column::type)
                .findFirst()
                .orElse("");
    }

    /** A value as it is shown; null for none. */
    public static @Nullable String text(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isString() ? value.asString() : value.toString();
    }
}
