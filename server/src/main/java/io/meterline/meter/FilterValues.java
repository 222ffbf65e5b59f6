package io.meterline.meter;

import io.meterline.event.PropertyValue.Bool;
import io.meterline.event.PropertyValue.Null;
import io.meterline.event.PropertyValue.Number;
import io.meterline.event.PropertyValue.Scalar;
import io.meterline.event.PropertyValue.Text;
import io.meterline.store.Filter.Operator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the value that a property is compared with, as its operator wants it. */
final class FilterValues {

    /** Longer text is stored nowhere, so nothing could equal it. */
    private static final int MAX_TEXT_BYTES = 8 * 1024;

    private final Operator operator;
    private final String path;
    private final Problems problems;

    FilterValues(Operator operator, String path, Problems problems) {
        this.operator = operator;
        this.path = path;
        this.problems = problems;
    }

    List<Scalar> read(Optional<JsonNode> value) {
        return switch (operator) {
            case IS_NULL, IS_NOT_NULL -> none(value);
            case IN, NOT_IN -> value.map(this::list).orElseGet(this::missing);
            case EQUALS, NOT_EQUAL, GT, GTE, LT, LTE, CONTAINS, STARTS_WITH ->
                value.map(this::one).orElseGet(this::missing);
        };
    }

    private List<Scalar> none(Optional<JsonNode> value) {
        if (value.isPresent() && !value.get().isNull()) {
            problems.add(path, "value_not_used", name() + " takes no value; leave it out");
        }
        return List.of();
    }

    private List<Scalar> missing() {
        problems.add(path, "value_required", name() + " needs a value");
        return List.of();
    }

    private List<Scalar> one(JsonNode node) {
        Scalar scalar = scalar(node, path);
        if (scalar == null) {
            return List.of();
        }
        String fault = switch (operator) {
            case GT, GTE, LT, LTE -> scalar instanceof Number || scalar instanceof Text ? "" : "a number or text";
            case CONTAINS, STARTS_WITH ->
                scalar instanceof Null || scalar.equals(new Text("")) ? "text that is not empty" : "";
            case EQUALS, NOT_EQUAL, IN, NOT_IN, IS_NULL, IS_NOT_NULL -> "";
        };
        if (!fault.isEmpty()) {
            problems.add(path, "invalid_value", name() + " compares with " + fault);
            return List.of();
        }
        return List.of(scalar);
    }

    private List<Scalar> list(JsonNode node) {
        List<Scalar> operands = new ArrayList<>();
        if (node.isArray()) {
            for (int i = 0; i < Math.min(node.size(), FilterJson.MAX_OPERANDS + 1); i++) {
                Scalar scalar = scalar(node.get(i), path + "[" + i + "]");
                if (scalar != null) {
                    operands.add(scalar);
                }
            }
        } else if (node.isString()) {
            for (String part : node.stringValue().split(",", FilterJson.MAX_OPERANDS + 2)) {
                if (!part.isBlank()) {
                    operands.add(new Text(part.strip()));
                }
            }
        } else {
            problems.add(path, "invalid_value", name() + " takes an array or text with commas");
            return List.of();
        }
        if (operands.isEmpty() && node.isEmpty()) {
            problems.add(path, "value_required", name() + " needs at least one value");
        }
        if (operands.size() > FilterJson.MAX_OPERANDS) {
            problems.add(path, "too_many_values", name() + " takes at most " + FilterJson.MAX_OPERANDS + " values");
        }
        return operands;
    }

    private @Nullable Scalar scalar(JsonNode node, String where) {
        if (node.isString()) {
            String text = node.stringValue();
            if (text.length() > MAX_TEXT_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
                problems.add(where, "value_too_long", "text has at most 8 KiB");
                return null;
            }
            return new Text(text);
        }
        if (node.isNumber()) {
            BigDecimal number = JsonFields.number(node, where, problems);
            return number == null ? null : new Number(number);
        }
        if (node.isBoolean()) {
            return Bool.of(node.booleanValue());
        }
        if (node.isNull()) {
            return Null.NULL;
        }
        problems.add(where, "invalid_value", name() + " does not compare with lists or objects here");
        return null;
    }

    private String name() {
        return FilterOperators.text(operator);
    }
}
