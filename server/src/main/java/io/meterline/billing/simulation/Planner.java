package io.meterline.billing.simulation;

import io.meterline.billing.ProductDefinition;
import io.meterline.billing.ProductType;
import io.meterline.billing.Products;
import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.billing.line.ProductLines;
import io.meterline.control.Versioned;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.meter.Aggregators;
import io.meterline.price.Flat;
import io.meterline.store.Filter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up what a request names, and finds out whether it can be simulated. */
final class Planner {

    private final Products products;
    private final Aggregators aggregators;

    Planner(Products products, Aggregators aggregators) {
        this.products = products;
        this.aggregators = aggregators;
    }

    /**
     * The plan. Throws {@code RuleException} with everything that is wrong: {@code unknown_product}, {@code required} for a
     * currency that is not clear, {@code no_price}, {@code needs_subscriptions}, {@code price_not_possible}, {@code
     * aggregator_has_no_event_amounts} and {@code quantities_not_possible}.
     */
    SimulationPlan plan(Environment environment, SimulationRequest request, long nowMicros) {
        Versioned<ProductDefinition> product = product(environment, request.productId());
        ProductDefinition definition = product.definition();
        List<Violation> wrong = new ArrayList<>();
        Currency currency = currency(request, definition, wrong);
        if (definition.type() == ProductType.FLAT_FEE
                && request.by() == By.CALENDAR_MONTH
                && request.quantities().isEmpty()) {
            wrong.add(new Violation(
                    "by",
                    "needs_subscriptions",
                    "a flat fee has no usage that would show who pays it; use by subscription"));
        }
        checkPrices(environment, request, definition, wrong);
        throwIfAny(wrong);
        String aggregatorId = definition.aggregatorId();
        ProductLines lines =
                new ProductLines(product, aggregatorId == null ? null : aggregators.get(environment, aggregatorId));
        SimulationPlan plan = new SimulationPlan(environment, request, lines, currency, nowMicros);
        checkQuantities(plan, wrong);
        throwIfAny(wrong);
        return plan;
    }

    /**
     * The plan of a simulation that was found possible, with the product as it was then. Throws {@code RuleException} {@code
     * aggregator_has_no_event_amounts} where an edit of the aggregator has made it impossible since.
     */
    SimulationPlan again(Simulation one) {
        Versioned<ProductDefinition> product =
                products.version(one.environment(), one.request().productId(), one.productVersion());
        List<Violation> wrong = new ArrayList<>();
        checkPrices(one.environment(), one.request(), product.definition(), wrong);
        throwIfAny(wrong);
        String aggregatorId = product.definition().aggregatorId();
        return new SimulationPlan(
                one.environment(),
                one.request(),
                new ProductLines(
                        product, aggregatorId == null ? null : aggregators.get(one.environment(), aggregatorId)),
                one.currency(),
                one.createdAtMicros());
    }

    private Versioned<ProductDefinition> product(Environment environment, String id) {
        try {
            return products.get(environment, id);
        } catch (RuleException e) {
            throw e.kind() == Kind.NOT_FOUND
                    ? error(List.of(new Violation("product_id", e.code(), "there is no such product here")))
                    : e;
        }
    }

    private static Currency currency(SimulationRequest request, ProductDefinition product, List<Violation> wrong) {
        List<Currency> known = product.prices().stream()
                .map(price -> price.currency())
                .distinct()
                .toList();
        Currency wanted = request.currency();
        if (wanted == null && known.size() > 1) {
            wrong.add(new Violation(
                    "currency",
                    "required",
                    "the product has prices in several currencies; say which one: "
                            + String.join(
                                    ", ",
                                    known.stream()
                                            .map(Currency::getCurrencyCode)
                                            .toList())));
        }
        if (wanted != null
                && request.baseline() == null
                && request.by() == By.CALENDAR_MONTH
                && !known.contains(wanted)) {
            wrong.add(new Violation(
                    "currency",
                    "no_price",
                    "the product has no price in " + wanted.getCurrencyCode() + "; send a price as the baseline"));
        }
        return wanted == null ? known.getFirst() : wanted;
    }

    private void checkPrices(
            Environment environment, SimulationRequest request, ProductDefinition product, List<Violation> wrong) {
        boolean eventAmounts = products.hasEventAmounts(environment, product);
        if (request.baseline() != null) {
            check(request, product, eventAmounts, request.baseline(), "baseline", wrong);
        }
        for (int i = 0; i < request.candidates().size(); i++) {
            check(request, product, eventAmounts, request.candidates().get(i).prices(), "candidates[" + i + "]", wrong);
        }
    }

    private static void check(
            SimulationRequest request,
            ProductDefinition product,
            boolean eventAmounts,
            List<OwnPrice> prices,
            String path,
            List<Violation> wrong) {
        for (OwnPrice price : prices) {
            boolean isFlat =
                    price.price().model() instanceof Flat && price.filter().equals(Filter.NONE);
            if (product.type() == ProductType.FLAT_FEE && !isFlat) {
                wrong.add(new Violation(
                        path, "price_not_possible", "a flat fee has prices of the model flat, without a filter"));
            }
            if (price.price().pricesEvents() && !eventAmounts && product.type().isMeasured()) {
                wrong.add(new Violation(
                        path,
                        "aggregator_has_no_event_amounts",
                        "a percentage price needs the amount of each event, which only a sum or a formula has"));
            }
        }
        if (!request.quantities().isEmpty() && !takesQuantities(prices)) {
            wrong.add(new Violation(path, "quantities_not_possible", QUANTITIES));
        }
    }

    private static final String QUANTITIES =
            "a quantity does not say which filter its events pass, or what the amount of each is; simulate customers";

    private static boolean takesQuantities(List<OwnPrice> prices) {
        return prices.size() == 1
                && prices.getFirst().filter().equals(Filter.NONE)
                && !prices.getFirst().price().pricesEvents();
    }

    private static void checkQuantities(SimulationPlan plan, List<Violation> wrong) {
        if (plan.request().quantities().isEmpty() || plan.request().baseline() != null) {
            return;
        }
        List<OwnPrice> current = plan.currentPrices(null);
        if (current.isEmpty()) {
            wrong.add(new Violation(
                    "baseline",
                    "no_price",
                    "the product has no monthly price in this currency; send one as the baseline"));
        } else if (!takesQuantities(current)) {
            wrong.add(new Violation("baseline", "quantities_not_possible", QUANTITIES));
        }
    }

    private static void throwIfAny(List<Violation> wrong) {
        if (!wrong.isEmpty()) {
            throw error(wrong);
        }
    }

    private static RuleException error(List<Violation> wrong) {
        Violation first = wrong.getFirst();
        return new RuleException(Kind.UNPROCESSABLE, first.code(), first.path() + ": " + first.message() + ".", wrong);
    }

    /** The error for something in a request that there is none of. */
    static RuleException unprocessable(String path, @Nullable String code, String message) {
        return error(List.of(new Violation(path, code == null ? "invalid_value" : code, message)));
    }
}
