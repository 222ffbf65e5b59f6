package io.meterline.meter;

import io.meterline.event.PropertyValue.Bool;
import io.meterline.event.PropertyValue.Null;
import io.meterline.event.PropertyValue.Number;
import io.meterline.event.PropertyValue.Scalar;
import io.meterline.event.PropertyValue.Text;
import io.meterline.store.Filter;
import io.meterline.store.Filter.All;
import io.meterline.store.Filter.Any;
import io.meterline.store.Filter.Compare;
import io.meterline.store.Filter.Not;
import io.meterline.store.Filter.Operator;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes filters in their one canonical form: snake_case operators, lists as arrays.
 *
 * <p>A value keeps its kind, a number goes out as a number: in a filter {@code 100} and {@code "100"} are not the same.
 */
public final class FilterText {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FilterText() {}

    /** The filter as JSON; {@link Filter#NONE} is a JSON null. Throws IllegalArgumentException for a {@link Not}. */
    public static JsonNode write(Filter filter) {
        return filter.equals(Filter.NONE) ? JSON.nullNode() : node(filter);
    }

    private static ObjectNode node(Filter filter) {
        return switch (filter) {
            case All(List<Filter> parts) -> group("and", parts);
            case Any(List<Filter> parts) -> group("or", parts);
            case Not ignored -> throw new IllegalArgumentException("A negated filter is never stored or shown.");
            case Compare compare -> comparison(compare);
        };
    }

    private static ObjectNode group(String conditional, List<Filter> parts) {
        ObjectNode group = JSON.objectNode().put("conditional", conditional);
        ArrayNode fields = group.putArray("fields");
        for (Filter part : parts) {
            fields.add(node(part));
        }
        return group;
    }

    private static ObjectNode comparison(Compare compare) {
        ObjectNode comparison = JSON.objectNode()
                .put("property", compare.property())
                .put("operator", FilterOperators.text(compare.operator()));
        if (compare.operator() == Operator.IN || compare.operator() == Operator.NOT_IN) {
            ArrayNode values = comparison.putArray("value");
            for (Scalar operand : compare.operands()) {
                values.add(scalar(operand));
            }
        } else if (!compare.operands().isEmpty()) {
            comparison.set("value", scalar(compare.operands().getFirst()));
        }
        return comparison;
    }

    private static JsonNode scalar(Scalar value) {
        return switch (value) {
            case Text(String text) -> JSON.stringNode(text);
            case Number(BigDecimal number) -> JSON.numberNode(number);
            case Bool(boolean bool) -> JSON.booleanNode(bool);
            case Null ignored -> JSON.nullNode();
        };
    }
}
