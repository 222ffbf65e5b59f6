package io.meterline.console.price;

import io.meterline.console.Formats;
import io.meterline.console.Island;
import io.meterline.http.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Points of a price as the chart draws them: what is read at the handle is text that is written here.
 *
 * @param at where the handle stands
 * @param events whether a quantity is the amount of one event
 */
record CurveData(
        String currency,
        Unit unit,
        List<Preview.Point> points,
        BigDecimal at,
        List<BigDecimal> bounds,
        boolean events) {

    Island island() {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("prefix", Numbers.sign(currency))
                .put("unit", events ? "amount of an event, " + currency : unit.many());
        data.put("one", events ? "event" : unit.one()).put("at", at.toPlainString());
        data.put("each_label", events ? "share of the amount" : "per " + unit.one());
        ArrayNode drawn = data.putArray("points");
        for (Preview.Point point : points) {
            drawn.addObject()
                    .put("quantity", point.quantity().toPlainString())
                    .put("amount", point.exactAmount().toPlainString())
                    .put("each", text(point.averageUnitAmount()))
                    .put("quantity_text", quantity(point))
                    .put("amount_text", Formats.money(point.amount(), currency))
                    .put("each_text", each(point));
        }
        ArrayNode tiers = data.putArray("tiers");
        bounds.forEach(bound -> tiers.addObject().put("up_to", bound.toPlainString()));
        if (!bounds.isEmpty()) {
            tiers.addObject().putNull("up_to");
        }
        return new Island(new String(Json.bytes(data), StandardCharsets.UTF_8));
    }

    /** At most some forty rows: the places where tiers change are all among them. */
    List<Live.Point> table() {
        int step = Math.max(1, points.size() / 30);
        return java.util.stream.IntStream.range(0, points.size())
                .filter(i -> i % step == 0 || points.get(i).tierChange() || i == points.size() - 1)
                .mapToObj(points::get)
                .map(point -> new Live.Point(
                        Formats.number(Numbers.plain(point.quantity())),
                        Formats.money(point.amount(), currency),
                        each(point)))
                .toList();
    }

    private String quantity(Preview.Point point) {
        return events
                ? "an event of " + Formats.money(Numbers.plain(point.quantity()), currency)
                : Formats.number(Numbers.plain(point.quantity())) + " " + unit.many();
    }

    private String each(Preview.Point point) {
        BigDecimal each = point.averageUnitAmount();
        if (each == null) {
            return "";
        }
        return events ? share(each) : Numbers.ratio(each, currency) + " each";
    }

    /** A share in percent, of three digits after the point. */
    static String share(BigDecimal each) {
        BigDecimal percent = each.movePointRight(2).setScale(3, RoundingMode.HALF_UP);
        return Formats.number(Numbers.plain(percent.stripTrailingZeros())) + " %";
    }

    private static @Nullable String text(@Nullable BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }
}
