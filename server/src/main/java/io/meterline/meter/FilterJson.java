package io.meterline.meter;

import io.meterline.event.PropertyValue.Scalar;
import io.meterline.store.Filter;
import io.meterline.store.Filter.All;
import io.meterline.store.Filter.Any;
import io.meterline.store.Filter.Compare;
import io.meterline.store.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code {"conditional":"and"|"or","fields":[{"property","operator","value"} | nested filter]}}.
 *
 * <p>At most {@value #MAX_DEPTH} levels, {@value #MAX_CONDITIONS} comparisons and {@value #MAX_OPERANDS} values in a
 * list.
 */
public final class FilterJson {

    static final int MAX_DEPTH = 10;
    static final int MAX_CONDITIONS = 100;
    static final int MAX_OPERANDS = 1_000;

    private static final Set<String> GROUP_FIELDS = Set.of("conditional", "fields");
    private static final Set<String> COMPARISON_FIELDS = Set.of("property", "operator", "value");

    private final Problems problems;
    private int conditions;

    private FilterJson(Problems problems) {
        this.problems = problems;
    }

    /**
     * The filter that the node describes; null or a JSON null is {@link Filter#NONE}.
     *
     * @param path where the node stands in the request, for messages
     * @throws io.meterline.event.RuleException naming all that is wrong
     */
    public static Filter read(@Nullable JsonNode node, String path) {
        Problems problems = new Problems();
        Filter filter = read(node, path, problems);
        problems.throwIfAny();
        return filter;
    }

    /** The same, noting what is wrong. */
    public static Filter read(@Nullable JsonNode node, String path, Problems problems) {
        if (node == null || node.isNull()) {
            return Filter.NONE;
        }
        FilterJson reader = new FilterJson(problems);
        Filter filter = reader.group(node, path, 1);
        if (reader.conditions > MAX_CONDITIONS) {
            problems.add(path, "filter_too_large", "a filter has at most " + MAX_CONDITIONS + " comparisons");
        }
        return filter;
    }

    private Filter group(JsonNode node, String path, int depth) {
        if (!node.isObject()) {
            problems.add(path, "invalid_filter", "a filter is an object with conditional and fields");
            return Filter.NONE;
        }
        if (depth > MAX_DEPTH) {
            problems.add(path, "filter_too_deep", "filters nest at most " + MAX_DEPTH + " deep");
            return Filter.NONE;
        }
        JsonFields.refuseUnknown(node, path, GROUP_FIELDS, problems);
        boolean any = isOr(node, path);
        JsonNode fields = node.get("fields");
        if (fields == null || !fields.isArray() || fields.isEmpty()) {
            problems.add(
                    path + ".fields",
                    "filter_fields_required",
                    "fields must be a list of at least one comparison or nested filter");
            return Filter.NONE;
        }
        List<Filter> parts = new ArrayList<>();
        for (int i = 0; i < fields.size() && conditions <= MAX_CONDITIONS; i++) {
            parts.add(part(fields.get(i), path + ".fields[" + i + "]", depth));
        }
        return any ? new Any(parts) : new All(parts);
    }

    private boolean isOr(JsonNode node, String path) {
        String conditional = JsonFields.text(node, path, "conditional", problems);
        if (conditional == null) {
            if (!node.hasNonNull("conditional")) {
                problems.add(path + ".conditional", "conditional_required", "conditional must be and or or");
            }
            return false;
        }
        if (!conditional.equals("and") && !conditional.equals("or")) {
            problems.add(path + ".conditional", "unknown_conditional", "conditional must be and or or");
        }
        return conditional.equals("or");
    }

    private Filter part(JsonNode node, String path, int depth) {
        boolean nested = node.has("conditional") || node.has("fields");
        if (nested) {
            return group(node, path, depth + 1);
        }
        conditions++;
        if (!node.isObject()) {
            problems.add(
                    path,
                    "invalid_filter_field",
                    "this must be an object with property, operator and value, or a nested filter");
            return Filter.NONE;
        }
        return comparison(node, path);
    }

    private Filter comparison(JsonNode node, String path) {
        JsonFields.refuseUnknown(node, path, COMPARISON_FIELDS, problems);
        String property = property(node, path);
        Operator operator = operator(node, path);
        if (operator == null) {
            return Filter.NONE;
        }
        List<Scalar> operands =
                new FilterValues(operator, path + ".value", problems).read(Optional.ofNullable(node.get("value")));
        return new Compare(property, operator, operands);
    }

    private String property(JsonNode node, String path) {
        String property = JsonFields.text(node, path, "property", problems);
        if (property != null && PropertyNames.isOne(property)) {
            return property;
        }
        if (property != null) {
            problems.add(path + ".property", "invalid_property", PropertyNames.RULE);
        } else if (!node.hasNonNull("property")) {
            problems.add(path + ".property", "property_required", "name the property to compare");
        }
        return "";
    }

    private @Nullable Operator operator(JsonNode node, String path) {
        String text = JsonFields.text(node, path, "operator", problems);
        if (text == null) {
            if (!node.hasNonNull("operator")) {
                problems.add(
                        path + ".operator", "operator_required", "operator must be one of " + FilterOperators.all());
            }
            return null;
        }
        Operator operator = FilterOperators.of(text).orElse(null);
        if (operator == null) {
            problems.add(path + ".operator", "unknown_operator", "operator must be one of " + FilterOperators.all());
        }
        return operator;
    }
}
