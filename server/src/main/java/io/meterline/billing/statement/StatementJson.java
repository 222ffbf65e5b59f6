package io.meterline.billing.statement;

import io.meterline.billing.StoredJson;
import io.meterline.billing.line.LineTermsJson;
import io.meterline.billing.line.PricedLine;
import io.meterline.event.Decimals;
import io.meterline.event.Period;
import io.meterline.price.Charge;
import io.meterline.price.Line;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Stores the figures of closed statements and of snapshots, whole. Amounts are texts, so that no digit is lost. */
final class StatementJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private StatementJson() {}

    /**
     * What is stored of a statement in one text.
     *
     * @param measuredAtMicros as in {@link Statement}
     */
    record Figures(
            Set<Long> customers,
            List<PricedLine> lines,
            List<Adjustment> adjustments,
            @Nullable Long measuredAtMicros) {

        static Figures of(Statement statement) {
            return new Figures(
                    statement.customers(), statement.lines(), statement.adjustments(), statement.measuredAtMicros());
        }
    }

    static String write(Figures figures) {
        ObjectNode json = JSON.objectNode().put("measured_at", figures.measuredAtMicros());
        ArrayNode customers = json.putArray("customers");
        figures.customers().stream().sorted().forEach(customers::add);
        ArrayNode lines = json.putArray("lines");
        figures.lines().forEach(line -> lines.add(line(line)));
        ArrayNode adjustments = json.putArray("adjustments");
        figures.adjustments().forEach(adjustment -> adjustments.add(adjustment(adjustment)));
        return json.toString();
    }

    static Figures read(String text) {
        JsonNode json = StoredJson.read(text);
        Set<Long> customers = new HashSet<>();
        json.path("customers").forEach(number -> customers.add(number.asLong()));
        List<PricedLine> lines = new ArrayList<>();
        json.path("lines").forEach(line -> lines.add(line(line)));
        List<Adjustment> adjustments = new ArrayList<>();
        json.path("adjustments").forEach(adjustment -> adjustments.add(adjustment(adjustment)));
        JsonNode measuredAt = json.path("measured_at");
        return new Figures(customers, lines, adjustments, measuredAt.isNumber() ? measuredAt.asLong() : null);
    }

    private static ObjectNode line(PricedLine line) {
        ObjectNode json = JSON.objectNode();
        json.set("terms", LineTermsJson.write(line.terms()));
        json.put("quantity", text(line.quantity())).put("events", line.events());
        ObjectNode excluded = json.putObject("excluded");
        line.excluded().forEach(excluded::put);
        if (line.charge() != null) {
            json.set("charge", charge(line.charge()));
        }
        return json;
    }

    private static PricedLine line(JsonNode json) {
        Map<String, Long> excluded = new HashMap<>();
        json.path("excluded")
                .properties()
                .forEach(reason ->
                        excluded.put(reason.getKey(), reason.getValue().asLong()));
        return new PricedLine(
                LineTermsJson.read(json.path("terms")),
                number(json, "quantity"),
                json.path("events").asLong(),
                excluded,
                json.has("charge") ? charge(json.path("charge")) : null);
    }

    private static ObjectNode charge(Charge charge) {
        ObjectNode json = JSON.objectNode()
                .put("amount", charge.amount().toPlainString())
                .put("exact_amount", charge.exactAmount().toPlainString());
        ArrayNode breakdown = json.putArray("breakdown");
        for (Line line : charge.breakdown()) {
            breakdown
                    .addObject()
                    .put("kind", line.kind().name())
                    .put("tier", line.tier())
                    .put("quantity", text(line.quantity()))
                    .put("unit_amount", text(line.unitAmount()))
                    .put("flat_amount", text(line.flatAmount()))
                    .put("amount", text(line.amount()));
        }
        return json;
    }

    private static Charge charge(JsonNode json) {
        List<Line> breakdown = new ArrayList<>();
        for (JsonNode line : json.path("breakdown")) {
            breakdown.add(new Line(
                    Line.Kind.valueOf(line.path("kind").asString()),
                    line.path("tier").isNull() ? null : line.path("tier").asInt(),
                    number(line, "quantity"),
                    number(line, "unit_amount"),
                    number(line, "flat_amount"),
                    amount(line, "amount")));
        }
        return new Charge(amount(json, "amount"), amount(json, "exact_amount"), breakdown);
    }

    private static ObjectNode adjustment(Adjustment adjustment) {
        return JSON.objectNode()
                .put("number", adjustment.number())
                .put("from", adjustment.period().fromMicros())
                .put("to", adjustment.period().toMicros())
                .put("product_id", adjustment.productId())
                .put("product_name", adjustment.productName())
                .put("before", adjustment.before().toPlainString())
                .put("now", adjustment.now().toPlainString());
    }

    private static Adjustment adjustment(JsonNode json) {
        return new Adjustment(
                json.path("number").asInt(),
                new Period(json.path("from").asLong(), json.path("to").asLong()),
                json.path("product_id").asString(),
                json.path("product_name").asString(),
                amount(json, "before"),
                amount(json, "now"));
    }

    private static @Nullable String text(@Nullable BigDecimal number) {
        return number == null ? null : Decimals.text(number);
    }

    private static @Nullable BigDecimal number(JsonNode json, String field) {
        return json.path(field).isString() ? amount(json, field) : null;
    }

    private static BigDecimal amount(JsonNode json, String field) {
        return new BigDecimal(json.path(field).asString());
    }
}
