package io.meterline.billing.simulation;

import io.meterline.billing.SubscribedProduct.OwnPrice;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be simulated. Read and checked by {@link SimulationJson}.
 *
 * @param baseline null for what each customer pays now
 * @param candidates 1 to 5, each of another name
 * @param customers our ids or external ids; null for all customers
 * @param quantities hypothetical ones in place of usage; empty for usage
 * @param periods how many complete ones, the last that there are
 * @param zone whose months are the calendar's, and those of the series
 * @param currency null for the only one of the product
 * @param dryRun whether it is answered at once and not kept; null where nothing was said
 */
public record SimulationRequest(
        String productId,
        @Nullable List<OwnPrice> baseline,
        List<Candidate> candidates,
        @Nullable List<String> customers,
        List<BigDecimal> quantities,
        int periods,
        By by,
        ZoneId zone,
        @Nullable Currency currency,
        @Nullable Boolean dryRun) {

    public SimulationRequest {
        baseline = baseline == null ? null : List.copyOf(baseline);
        candidates = List.copyOf(candidates);
        customers = customers == null ? null : List.copyOf(customers);
        quantities = List.copyOf(quantities);
    }

    /** Prices that stand in place of all prices of the product. */
    public record Candidate(String name, List<OwnPrice> prices) {
        public Candidate {
            prices = List.copyOf(prices);
        }
    }

    /** Whether it is answered at once: hypothetical quantities always, one customer unless it says otherwise. */
    public boolean isDryRun() {
        if (!quantities.isEmpty()) {
            return true;
        }
        boolean isOne = customers != null && customers.size() == 1;
        return isOne && (dryRun == null || dryRun);
    }
}
