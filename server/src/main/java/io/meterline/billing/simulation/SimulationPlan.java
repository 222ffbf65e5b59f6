package io.meterline.billing.simulation;

import io.meterline.billing.Interval;
import io.meterline.billing.ProductType;
import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.billing.line.ProductLines;
import io.meterline.billing.simulation.SimulationRequest.Candidate;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A simulation with all that it names looked up.
 *
 * @param product as it is now
 * @param nowMicros when it was asked for: periods are complete that ended by then
 */
record SimulationPlan(
        Environment environment, SimulationRequest request, ProductLines product, Currency currency, long nowMicros) {

    String productId() {
        return product.product().id();
    }

    boolean isMeasured() {
        return product.product().definition().type() != ProductType.FLAT_FEE;
    }

    /** The names of the candidates, in order. */
    List<String> candidates() {
        return request.candidates().stream().map(Candidate::name).toList();
    }

    /** The baseline and the candidates. */
    int scenarios() {
        return 1 + request.candidates().size();
    }

    /** The last complete calendar months, rising. */
    List<Period> months() {
        LocalDate first = LocalDate.ofInstant(Timestamps.instant(nowMicros), request.zone())
                .withDayOfMonth(1)
                .minusMonths(request.periods());
        return Stream.iterate(first, month -> month.plusMonths(1))
                .limit(request.periods())
                .map(month -> new Period(start(month), start(month.plusMonths(1))))
                .toList();
    }

    private long start(LocalDate day) {
        return Timestamps.micros(day.atStartOfDay(request.zone()).toInstant());
    }

    /** What a customer pays now who has no price of its own: empty when the product has no price for it. */
    List<OwnPrice> currentPrices(@Nullable Interval interval) {
        if (interval != null) {
            return product.prices(currency, interval);
        }
        List<OwnPrice> monthly = product.prices(currency, Interval.MONTHLY);
        if (!monthly.isEmpty()) {
            return monthly;
        }
        List<Interval> intervals = product.product().definition().prices().stream()
                .filter(price -> price.currency().equals(currency))
                .map(price -> price.interval())
                .distinct()
                .toList();
        return intervals.size() == 1 ? product.prices(currency, intervals.getFirst()) : List.of();
    }

    /** The lines of every scenario by the current price that somebody has; the given one is ignored for a fixed baseline. */
    List<ScenarioLines> scenarios(List<OwnPrice> current) {
        List<ScenarioLines> lines = new ArrayList<>();
        lines.add(ScenarioLines.of(product, request.baseline() == null ? current : request.baseline()));
        for (Candidate candidate : request.candidates()) {
            lines.add(ScenarioLines.of(product, candidate.prices()));
        }
        return lines;
    }
}
