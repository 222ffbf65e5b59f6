package io.meterline.api;

import io.meterline.billing.PriceJson;
import io.meterline.event.Decimals;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.price.Checked;
import io.meterline.price.Currencies;
import io.meterline.price.Model;
import io.meterline.price.Preview;
import io.meterline.price.Price;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The body of {@code POST /v1/prices/preview}: a price, and the usage to try it with, in one of three forms. */
record PreviewBody(
        @Nullable String currency,
        @Nullable JsonNode price,
        @Nullable List<@Nullable BigDecimal> quantities,
        @Nullable BigDecimal from,
        @Nullable BigDecimal to,
        @Nullable Integer points,
        @Nullable List<@Nullable BigDecimal> eventAmounts) {

    private static final int MAX_QUANTITIES = 1_000;
    private static final int MAX_EVENTS = 10_000;
    private static final int DEFAULT_POINTS = 50;

    /** Reads the price with its slips repaired, since somebody is still writing it. */
    Checked checked() {
        return PriceJson.read(Requests.present(price, "price"), "price");
    }

    Preview preview(Price checked) {
        Currency money = money();
        return switch (checked.model()) {
            case Model.OfEvents ofEvents -> ofEvents(checked, money);
            case Model.OfQuantity ofQuantity -> ofQuantities(checked, money);
        };
    }

    private Preview ofEvents(Price checked, Currency money) {
        if (Stream.of(quantities, from, to, points).anyMatch(field -> field != null)) {
            throw error("event_amounts", "required", "a percentage price takes event_amounts and no quantities");
        }
        return Preview.ofEvents(checked, money, numbers(eventAmounts, "event_amounts", MAX_EVENTS));
    }

    private Preview ofQuantities(Price checked, Currency money) {
        if (eventAmounts != null) {
            throw error("event_amounts", "field_not_used", "only a percentage price looks at the amounts of events");
        }
        if (quantities == null) {
            return range(checked, money);
        }
        if (Stream.of(from, to, points).anyMatch(field -> field != null)) {
            throw error("quantities", "invalid_value", "send quantities, or from, to and points");
        }
        return Preview.of(checked, money, numbers(quantities, "quantities", MAX_QUANTITIES));
    }

    private Preview range(Price checked, Currency money) {
        if (from == null && to == null) {
            throw error("quantities", "required", "send quantities, or from, to and points");
        }
        BigDecimal first = number(from, "from");
        BigDecimal last = number(to, "to");
        if (last.compareTo(first) < 0) {
            throw Requests.invalid("to", "must not lie below from");
        }
        int count = points == null ? DEFAULT_POINTS : points;
        if (count < 2 || count > MAX_QUANTITIES) {
            throw Requests.invalid("points", "must be 2 to " + MAX_QUANTITIES);
        }
        return Preview.range(checked, money, first, last, count);
    }

    private Currency money() {
        String code = Requests.present(currency, "currency");
        return Currencies.of(code)
                .orElseThrow(() -> error("currency", "unknown_currency", "a currency is a code of ISO 4217, as EUR"));
    }

    private static List<BigDecimal> numbers(@Nullable List<@Nullable BigDecimal> sent, String path, int max) {
        List<@Nullable BigDecimal> list = Requests.present(sent, path);
        if (list.size() > max) {
            throw Requests.invalid(path, "must have at most " + max + " elements");
        }
        return list.stream().map(number -> number(number, path)).toList();
    }

    private static BigDecimal number(@Nullable BigDecimal sent, String path) {
        BigDecimal number = Requests.present(sent, path);
        if (!Decimals.fits(number)) {
            throw error(path, "number_out_of_range", "a number has at most 20 digits before the point and 18 after");
        }
        return Decimals.canonical(number);
    }

    private static RuleException error(String path, String code, String message) {
        return new RuleException(
                Kind.INVALID, code, path + ": " + message + ".", List.of(new Violation(path, code, message)));
    }
}
