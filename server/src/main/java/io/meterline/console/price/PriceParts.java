package io.meterline.console.price;

import io.meterline.access.Role;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Fields;
import java.util.Currency;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What follows a price while it is typed, on whichever page it is edited. */
public final class PriceParts implements Pages.Source {

    private static final String[] ROOTS = {"prices", "baseline", "candidates", "currency"};

    @Override
    public void register(Pages pages) {
        pages.post("/prices/curve", Role.VIEWER, visit -> View.part("price/live.jte", live(visit)));
        pages.post("/prices/reading", Role.VIEWER, visit -> View.part("price/at.jte", live(visit)));
    }

    private static Live live(Visit visit) {
        Fields fields = visit.fields();
        ObjectNode tree = PathForm.read(fields, ROOTS);
        String path = fields.get("focus");
        if (!(PathForm.at(tree, path) instanceof ObjectNode price)) {
            throw new RuleException(
                    Kind.INVALID, "invalid_form", "The form has no price at " + path + ". Load the page again.");
        }
        PriceTree.fit(price);
        JsonNode currency = PathForm.at(tree, fields.get("focus_currency"));
        Unit unit = fields.text("focus_unit").map(Unit::new).orElse(Unit.UNKNOWN);
        return LivePrice.of(visit.api(), path, currency(currency.asString("")), unit, price, fields.get("at"));
    }

    /** A currency that amounts can be written in; euros while there is none. */
    public static String currency(String code) {
        return Optional.of(code)
                .filter(one -> Currency.getAvailableCurrencies().stream()
                        .anyMatch(known -> known.getCurrencyCode().equals(one)))
                .orElse("EUR");
    }
}
