package io.meterline.billing.simulation;

import io.meterline.billing.OwnPriceJson;
import io.meterline.billing.PriceText;
import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.billing.simulation.SimulationRequest.Candidate;
import io.meterline.event.Decimals;
import io.meterline.store.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes what is to be simulated; {@link SimulationJson} reads it. */
public final class SimulationText {

    private SimulationText() {}

    /** The request in canonical form; reading it gives the same. */
    public static ObjectNode write(SimulationRequest request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("product_id", request.productId());
        if (request.baseline() == null) {
            json.put("baseline", SimulationJson.CURRENT);
        } else if (isOne(request.baseline())) {
            json.set("baseline", PriceText.write(request.baseline().getFirst().price()));
        } else {
            json.putObject("baseline").set("prices", OwnPriceJson.write(request.baseline()));
        }
        ArrayNode candidates = json.putArray("candidates");
        for (Candidate candidate : request.candidates()) {
            ObjectNode one = candidates.addObject().put("name", candidate.name());
            if (isOne(candidate.prices())) {
                one.set("price", PriceText.write(candidate.prices().getFirst().price()));
            } else {
                one.set("prices", OwnPriceJson.write(candidate.prices()));
            }
        }
        if (request.quantities().isEmpty()) {
            customers(json, request.customers());
            json.put("periods", request.periods()).put("by", request.by().text());
        } else {
            ArrayNode quantities = json.putArray("quantities");
            request.quantities().forEach(quantity -> quantities.add(Decimals.text(quantity)));
        }
        json.put("time_zone", request.zone().getId());
        json.put(
                "currency",
                request.currency() == null ? null : request.currency().getCurrencyCode());
        return json;
    }

    private static boolean isOne(List<OwnPrice> prices) {
        return prices.size() == 1 && prices.getFirst().filter().equals(Filter.NONE);
    }

    private static void customers(ObjectNode json, @Nullable List<String> customers) {
        if (customers == null) {
            json.put("customers", SimulationJson.ALL);
        } else {
            customers.forEach(json.putArray("customers")::add);
        }
    }
}
