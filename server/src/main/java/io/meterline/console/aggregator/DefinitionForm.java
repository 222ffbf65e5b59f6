package io.meterline.console.aggregator;

import io.meterline.http.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An aggregator as it stands in a form. What the operation has no use for is kept, in case it is changed back. */
public record DefinitionForm(
        String name,
        String eventType,
        Operation operation,
        String property,
        String unitName,
        String percentile,
        boolean carryOver,
        String formula,
        FilterForm.Group filter) {

    private static final String FIRST_PERCENTILE = "95";

    static DefinitionForm blank(String eventType) {
        return new DefinitionForm(
                "", eventType, Operation.COUNT, "", "", FIRST_PERCENTILE, false, "", FilterForm.EMPTY);
    }

    static DefinitionForm of(Fields fields) {
        return new DefinitionForm(
                fields.get("name"),
                fields.get("event_type"),
                Operation.of(fields.get("operation")),
                fields.get("property"),
                fields.get("unit_name"),
                fields.get("percentile"),
                fields.isOn("carry_over"),
                fields.get("formula"),
                FilterForm.of(fields));
    }

    static DefinitionForm of(Aggregator aggregator) {
        String percentile = aggregator.percentile();
        return new DefinitionForm(
                aggregator.name(),
                aggregator.eventType(),
                Operation.of(aggregator.operation()),
                orEmpty(aggregator.property()),
                orEmpty(aggregator.unitName()),
                percentile == null ? FIRST_PERCENTILE : percentile,
                aggregator.carryOver(),
                orEmpty(aggregator.formula()),
                FilterForm.of(aggregator.filter()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    DefinitionForm with(FilterForm.Group other) {
        return new DefinitionForm(
                name, eventType, operation, property, unitName, percentile, carryOver, formula, other);
    }

    /** Whether there is enough of it to be tried. */
    boolean canBeTried() {
        return !eventType.isEmpty()
                && (!operation.needsProperty() || !property.isEmpty())
                && (operation != Operation.FORMULA || !formula.isEmpty());
    }

    /** The body for the API. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", orNull(name))
                .put("event_type", orNull(eventType))
                .put("operation", operation.text())
                .put("property", operation.needsProperty() ? orNull(property) : null);
        json.set("filter", FilterForm.json(filter));
        return json.put("unit_name", orNull(unitName))
                .put("percentile", operation == Operation.PERCENTILE ? orNull(percentile) : null)
                .put("carry_over", operation == Operation.WEIGHTED_SUM && carryOver)
                .put("formula", operation == Operation.FORMULA ? orNull(formula) : null);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
