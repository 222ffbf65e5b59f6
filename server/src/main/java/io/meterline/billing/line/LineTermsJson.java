package io.meterline.billing.line;

import io.meterline.billing.PriceJson;
import io.meterline.billing.PriceText;
import io.meterline.meter.DefinitionJson;
import io.meterline.meter.FilterJson;
import io.meterline.meter.FilterText;
import io.meterline.price.Price;
import io.meterline.store.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Stores terms whole, so that a closed statement depends on nothing that may be edited. */
public final class LineTermsJson {

    private LineTermsJson() {}

    public static ObjectNode write(LineTerms terms) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("product_id", terms.productId())
                .put("product_version", terms.productVersion())
                .put("product_name", terms.productName())
                .put("part", terms.share().part())
                .put("whole", terms.share().whole());
        if (terms.usage() != null) {
            json.set("usage", usage(terms.usage()));
        }
        if (terms.price() != null) {
            json.set("price", PriceText.write(terms.price()));
        }
        return json;
    }

    /** Terms that {@link #write} wrote. */
    public static LineTerms read(JsonNode json) {
        return new LineTerms(
                json.path("product_id").asString(),
                json.path("product_version").asInt(),
                json.path("product_name").asString(),
                json.has("usage") ? usage(json.path("usage")) : null,
                price(json.get("price")),
                new Share(json.path("part").asLong(), json.path("whole").asLong()));
    }

    private static ObjectNode usage(MeasuredUsage usage) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("aggregator_id", usage.aggregatorId())
                .put("aggregator_version", usage.aggregatorVersion());
        json.set("definition", DefinitionJson.write(usage.definition()));
        json.set("product_filter", FilterText.write(usage.productFilter()));
        json.set("price_filter", FilterText.write(usage.priceFilter()));
        ArrayNode before = json.putArray("before");
        usage.before().forEach(filter -> before.add(FilterText.write(filter)));
        return json;
    }

    private static MeasuredUsage usage(JsonNode json) {
        List<Filter> before = new ArrayList<>();
        json.path("before").forEach(filter -> before.add(FilterJson.read(filter, "before")));
        return new MeasuredUsage(
                json.path("aggregator_id").asString(),
                json.path("aggregator_version").asInt(),
                DefinitionJson.read(json.path("definition")),
                FilterJson.read(json.get("product_filter"), "product_filter"),
                FilterJson.read(json.get("price_filter"), "price_filter"),
                before);
    }

    private static @Nullable Price price(@Nullable JsonNode json) {
        return json == null
                ? null
                : Objects.requireNonNull(PriceJson.read(json, "price").price());
    }
}
