package io.meterline.meter;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the JSON of an aggregator's definition. Everything wrong with it is named in one answer. */
public final class DefinitionJson {

    private static final Set<String> FIELDS = new LinkedHashSet<>(List.of(
            "name",
            "event_type",
            "operation",
            "property",
            "filter",
            "unit_name",
            "percentile",
            "carry_over",
            "formula"));
    private static final Pattern EVENT_TYPE = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");
    private static final int MAX_NAME = 200;
    private static final int MAX_UNIT_NAME = 100;
    private static final int MAX_PERCENTILE_DIGITS = 6;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final JsonNode node;
    private final String path;
    private final Problems problems;

    private DefinitionJson(JsonNode node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** The definition of an aggregator that is to be saved. Throws a {@code RuleException} naming all that is wrong. */
    public static Definition read(JsonNode node) {
        return read(node, "", true);
    }

    /**
     * The definition of an aggregator that is only tried, which needs no name.
     *
     * @param path where it stands in the request, for messages
     */
    public static Definition readInline(JsonNode node, String path) {
        return read(node, path, false);
    }

    private static Definition read(JsonNode node, String path, boolean nameNeeded) {
        if (!node.isObject()) {
            throw Problems.invalid(path, "wrong_type", "an aggregator is a JSON object");
        }
        Problems problems = new Problems();
        Definition definition = new DefinitionJson(node, path, problems).definition(nameNeeded);
        problems.throwIfAny();
        return definition;
    }

    private Definition definition(boolean nameNeeded) {
        JsonFields.refuseUnknown(node, path, FIELDS, problems);
        String name = label("name", MAX_NAME, nameNeeded);
        String eventType = eventType();
        Operation operation = operation();
        return new Definition(
                name,
                eventType,
                operation,
                property(operation),
                FilterJson.read(node.get("filter"), at("filter"), problems),
                label("unit_name", MAX_UNIT_NAME, false),
                percentile(operation),
                carryOver(operation),
                formula(operation));
    }

    private @Nullable String label(String field, int maxLength, boolean needed) {
        String text = text(field);
        if (text == null && needed && isAbsent(field)) {
            problems.add(at(field), field + "_required", "give it a " + field);
        }
        if (text != null && (text.isBlank() || text.codePointCount(0, text.length()) > maxLength)) {
            problems.add(at(field), "invalid_" + field, "a " + field + " has 1 to " + maxLength + " characters");
        }
        return text;
    }

    private String eventType() {
        String text = text("event_type");
        if (text == null) {
            if (isAbsent("event_type")) {
                problems.add(at("event_type"), "event_type_required", "say which events it counts");
            }
            return "";
        }
        if (!EVENT_TYPE.matcher(text).matches()) {
            problems.add(
                    at("event_type"),
                    "invalid_event_type",
                    "an event type has 1 to 128 letters, digits and the characters _ - . :");
        }
        return text;
    }

    private Operation operation() {
        String text = text("operation");
        String allowed = "operation must be one of "
                + Arrays.stream(Operation.values()).map(Operation::text).collect(Collectors.joining(", "));
        if (text == null) {
            if (isAbsent("operation")) {
                problems.add(at("operation"), "operation_required", allowed);
            }
            return Operation.COUNT;
        }
        return Operation.of(text).orElseGet(() -> {
            problems.add(at("operation"), "unknown_operation", allowed);
            return Operation.COUNT;
        });
    }

    private boolean operationIsKnown() {
        JsonNode operation = node.get("operation");
        return operation != null
                && operation.isString()
                && Operation.of(operation.stringValue()).isPresent();
    }

    private @Nullable String property(Operation operation) {
        String property = text("property");
        if (property == null) {
            if (operation.needsProperty() && isAbsent("property")) {
                problems.add(at("property"), "property_required", operation.text() + " needs the property to look at");
            }
            return null;
        }
        if (!PropertyNames.isOne(property)) {
            problems.add(at("property"), "invalid_property", PropertyNames.RULE);
        } else if (!operation.needsProperty() && operationIsKnown()) {
            problems.add(
                    at("property"),
                    "property_not_used",
                    operation.text() + " looks at no property; leave it out, or filter with is_not_null");
        }
        return property;
    }

    private @Nullable BigDecimal percentile(Operation operation) {
        JsonNode value = node.get("percentile");
        if (value == null || value.isNull()) {
            if (operation == Operation.PERCENTILE) {
                problems.add(at("percentile"), "percentile_required", "percentile needs a percentile of 0 to 100");
            }
            return null;
        }
        if (operation != Operation.PERCENTILE) {
            notUsed("percentile", operation);
            return null;
        }
        BigDecimal percentile = value.isNumber()
                ? JsonFields.number(value, at("percentile"), new Problems())
                : value.isString() ? Decimals.ofPlainText(value.stringValue()) : null;
        if (percentile == null
                || percentile.signum() < 0
                || percentile.compareTo(HUNDRED) > 0
                || percentile.scale() > MAX_PERCENTILE_DIGITS) {
            problems.add(
                    at("percentile"),
                    "invalid_percentile",
                    "a percentile is 0 to 100 with at most " + MAX_PERCENTILE_DIGITS + " digits after the point");
        }
        return percentile;
    }

    private boolean carryOver(Operation operation) {
        JsonNode value = node.get("carry_over");
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            problems.add(at("carry_over"), "wrong_type", "carry_over must be true or false");
            return false;
        }
        if (value.booleanValue() && operation != Operation.WEIGHTED_SUM) {
            notUsed("carry_over", operation);
        }
        return value.booleanValue();
    }

    private @Nullable Formula formula(Operation operation) {
        String text = text("formula");
        if (text == null) {
            if (operation == Operation.FORMULA && isAbsent("formula")) {
                problems.add(at("formula"), "formula_required", "formula needs a formula, as in price * quantity");
            }
            return null;
        }
        if (operation != Operation.FORMULA) {
            notUsed("formula", operation);
            return null;
        }
        try {
            return Formula.parse(text);
        } catch (FormulaException e) {
            problems.add(at("formula"), e.code(), e.sentence());
            return null;
        }
    }

    private void notUsed(String field, Operation operation) {
        if (operationIsKnown()) {
            problems.add(at(field), field + "_not_used", operation.text() + " has no " + field + "; leave it out");
        }
    }

    private @Nullable String text(String field) {
        return JsonFields.text(node, path, field, problems);
    }

    private boolean isAbsent(String field) {
        return !node.hasNonNull(field);
    }

    private String at(String field) {
        return JsonFields.join(path, field);
    }

    /** The definition with every field, in canonical form; reading it gives the same definition. */
    public static ObjectNode write(Definition definition) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", definition.name())
                .put("event_type", definition.eventType())
                .put("operation", definition.operation().text())
                .put("property", definition.property());
        json.set("filter", FilterText.write(definition.filter()));
        BigDecimal percentile = definition.percentile();
        Formula formula = definition.formula();
        return json.put("unit_name", definition.unitName())
                .put("percentile", percentile == null ? null : Decimals.text(percentile))
                .put("carry_over", definition.carryOver())
                .put("formula", formula == null ? null : formula.text());
    }
}
