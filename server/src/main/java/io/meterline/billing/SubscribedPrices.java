package io.meterline.billing;

import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.control.Status;
import io.meterline.control.Versioned;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.meter.Windows;
import io.meterline.price.Flat;
import io.meterline.price.Model;
import io.meterline.price.Price;
import io.meterline.price.Split;
import io.meterline.store.Filter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/** Finds out whether each product of a subscription has a price for it. */
final class SubscribedPrices {

    private final Products products;
    private final StatementRules rules;
    private final List<Violation> wrong = new ArrayList<>();

    private SubscribedPrices(Products products, StatementRules rules) {
        this.products = products;
        this.rules = rules;
    }

    /**
     * Throws {@code RuleException} with everything that is wrong: {@code unknown_product}, {@code product_archived}, {@code
     * no_price}, {@code operation_needs_period}, {@code windows_need_period}, {@code too_many_windows}, {@code price_not_possible}, {@code aggregator_has_no_event_amounts}.
     */
    static void check(
            Products products,
            Environment environment,
            Currency currency,
            StatementRules rules,
            SubscriptionTerms terms) {
        SubscribedPrices prices = new SubscribedPrices(products, rules);
        for (int i = 0; i < terms.products().size(); i++) {
            prices.check(
                    environment, currency, terms.interval(), terms.products().get(i), "products[" + i + "]");
        }
        if (!prices.wrong.isEmpty()) {
            Violation first = prices.wrong.getFirst();
            throw new RuleException(
                    Kind.UNPROCESSABLE, first.code(), first.path() + ": " + first.message() + ".", prices.wrong);
        }
    }

    private void check(
            Environment environment, Currency currency, Interval interval, SubscribedProduct subscribed, String path) {
        Versioned<ProductDefinition> found;
        try {
            found = products.get(environment, subscribed.productId());
        } catch (RuleException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
            wrong.add(new Violation(path + ".product_id", e.code(), "there is no such product here"));
            return;
        }
        if (found.status() == Status.ARCHIVED) {
            wrong.add(new Violation(path + ".product_id", "product_archived", "the product is archived"));
            return;
        }
        ProductDefinition product = found.definition();
        if (rules.isAllTime() && products.needsPeriod(environment, product)) {
            wrong.add(new Violation(
                    path + ".product_id",
                    "operation_needs_period",
                    "a weighted sum is averaged over a period; it cannot be counted with metering all_time"));
        }
        List<Price> prices = product.prices().stream()
                .filter(price ->
                        price.currency().equals(currency) && price.interval().equals(interval))
                .map(ProductPrice::price)
                .toList();
        if (!subscribed.overrides().isEmpty()) {
            for (int i = 0; i < subscribed.overrides().size(); i++) {
                OwnPrice override = subscribed.overrides().get(i);
                override(environment, product, override, path + ".overrides[" + i + "]");
                windows(override.price(), interval, path + ".overrides[" + i + "].price.apply_per");
            }
        } else if (!prices.isEmpty()) {
            prices.forEach(price -> windows(price, interval, path + ".product_id"));
        } else {
            wrong.add(new Violation(
                    path + ".product_id",
                    "no_price",
                    "the product has no price in %s for %d %s; add one, or send overrides"
                            .formatted(
                                    currency.getCurrencyCode(),
                                    interval.count(),
                                    interval.unit().text())));
        }
    }

    private void windows(Price price, Interval interval, String path) {
        Split.Window window = price.split().window();
        if (window == null) {
            return;
        }
        if (rules.isAllTime()) {
            wrong.add(new Violation(
                    path,
                    "windows_need_period",
                    "windows are parts of a period; a price for each cannot be used with metering all_time"));
        } else if (interval.length().dividedBy(length(window)) >= Windows.MAX) {
            wrong.add(new Violation(
                    path,
                    "too_many_windows",
                    "a period of this interval has more than " + Windows.MAX + " windows; use larger ones"));
        }
    }

    private static Duration length(Split.Window window) {
        return switch (window) {
            case HOUR -> ChronoUnit.HOURS.getDuration();
            case DAY -> ChronoUnit.DAYS.getDuration();
            case WEEK -> ChronoUnit.WEEKS.getDuration();
            case MONTH -> ChronoUnit.MONTHS.getDuration();
        };
    }

    private void override(Environment environment, ProductDefinition product, OwnPrice override, String path) {
        Model model = override.price().model();
        if (product.type() == ProductType.FLAT_FEE && !(model instanceof Flat)) {
            wrong.add(new Violation(
                    path + ".price.model", "price_not_possible", "a flat fee has prices of the model flat"));
        }
        if (product.type() == ProductType.FLAT_FEE && !override.filter().equals(Filter.NONE)) {
            wrong.add(new Violation(path + ".filter", "price_not_possible", "a flat fee has no usage to filter"));
        }
        if (product.type().isMeasured()
                && model instanceof Model.OfEvents
                && !products.hasEventAmounts(environment, product)) {
            wrong.add(new Violation(
                    path + ".price.model",
                    "aggregator_has_no_event_amounts",
                    "a percentage price needs the amount of each event, which only a sum or a formula has"));
        }
    }
}
