package io.meterline.console.price;

import io.meterline.console.FilterWords;
import io.meterline.console.Refused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The conditions of a filter as rows of a form.
 *
 * @param path of the filter in the form
 * @param any whether one condition is enough
 */
public record FilterEditor(
        String path, boolean any, List<Row> rows, @Nullable String error) {

    /**
     * A condition, or a group of them as it was written by the API.
     *
     * @param group in words; null for a condition
     * @param json of the group
     */
    public record Row(
            String path,
            String property,
            String operator,
            String value,
            boolean takesValue,
            @Nullable String group,
            String json,
            @Nullable String error) {

        /** Of the element. */
        public String id() {
            return PriceEditor.id(path);
        }
    }

    public static FilterEditor of(JsonNode filter, String path, Refused refused) {
        List<Row> rows = new ArrayList<>();
        JsonNode fields = filter.path("fields");
        for (int i = 0; i < fields.size(); i++) {
            rows.add(row(fields.get(i), path + ".fields[" + i + "]", refused));
        }
        return new FilterEditor(path, filter.path("conditional").asString("and").equals("or"), rows, refused.at(path));
    }

    private static Row row(JsonNode field, String path, Refused refused) {
        String error = refused.violations().stream()
                .filter(violation -> violation.path().startsWith(path))
                .map(violation -> violation.message())
                .findFirst()
                .orElse(null);
        if (field.has("fields")) {
            return new Row(path, "", "", "", false, FilterWords.of(field), field.toString(), error);
        }
        String operator = field.path("operator").asString("equals");
        return new Row(
                path,
                field.path("property").asString(""),
                operator,
                Filters.typed(field.path("value")),
                Filters.takesValue(operator),
                null,
                "",
                error);
    }
}
