package io.meterline.billing.simulation;

import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.billing.simulation.SimulationRequest.Candidate;
import io.meterline.price.Charge;
import io.meterline.price.Price;
import io.meterline.price.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/** Prices hypothetical quantities: no usage is looked at. */
final class QuantityPrices {

    private QuantityPrices() {}

    /** A quantity and what it costs by the baseline and the candidates. */
    static List<QuantityAmounts> of(SimulationPlan plan) {
        SimulationRequest request = plan.request();
        List<OwnPrice> baseline = request.baseline() == null ? plan.currentPrices(null) : request.baseline();
        List<Price> prices = new ArrayList<>();
        prices.add(baseline.getFirst().price());
        for (Candidate candidate : request.candidates()) {
            prices.add(candidate.prices().getFirst().price());
        }
        return request.quantities().stream()
                .map(quantity -> new QuantityAmounts(quantity, amounts(prices, quantity, plan.currency())))
                .toList();
    }

    private static List<BigDecimal> amounts(List<Price> prices, BigDecimal quantity, Currency currency) {
        return prices.stream()
                .map(price -> Charge.rounded(price.exactAmount(Usage.of(quantity)), currency))
                .toList();
    }
}
