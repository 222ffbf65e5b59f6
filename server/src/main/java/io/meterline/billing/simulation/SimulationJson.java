package io.meterline.billing.simulation;

import io.meterline.event.Decimals;
import io.meterline.meter.JsonFields;
import io.meterline.meter.Problems;
import io.meterline.price.Currencies;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what is to be simulated. Everything wrong with it is named in one answer. */
public final class SimulationJson {

    static final int MAX_CUSTOMERS = 10_000;
    static final int MAX_QUANTITIES = 1_000;
    static final int MAX_PERIODS = 60;
    static final int DEFAULT_PERIODS = 12;

    static final String CURRENT = "current";
    static final String ALL = "all";

    private static final Set<String> FIELDS = Set.of(
            "baseline",
            "candidates",
            "product_id",
            "customers",
            "quantities",
            "periods",
            "by",
            "time_zone",
            "currency",
            "dry_run");
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private final JsonNode node;
    private final Problems problems = new Problems();

    private SimulationJson(JsonNode node) {
        this.node = node;
    }

    /** The request. Throws a {@code RuleException} naming all that is wrong. */
    public static SimulationRequest read(JsonNode node) {
        SimulationJson reader = new SimulationJson(node);
        if (!node.isObject()) {
            reader.problems.add("", "wrong_type", "a simulation is a JSON object");
        } else {
            JsonFields.refuseUnknown(node, "", FIELDS, reader.problems);
        }
        SimulationRequest request = reader.request();
        reader.problems.throwIfAny();
        return request;
    }

    private SimulationRequest request() {
        String product = JsonFields.text(node, "", "product_id", problems);
        if (!node.hasNonNull("product_id")) {
            problems.add("product_id", "required", "say which product");
        }
        ScenarioJson prices = new ScenarioJson(problems);
        List<BigDecimal> quantities = quantities();
        List<String> customers = customers();
        return new SimulationRequest(
                product == null ? "" : product,
                prices.baseline(node.path("baseline")),
                prices.candidates(node.path("candidates")),
                customers,
                quantities,
                periods(),
                by(),
                zone(),
                currency(),
                dryRun(customers, quantities));
    }

    private @Nullable List<String> customers() {
        JsonNode customers = node.path("customers");
        if (customers.isMissingNode() || customers.isNull()) {
            return null;
        }
        if (customers.isString() && customers.stringValue().equals(ALL)) {
            return null;
        }
        if (!customers.isArray() || customers.isEmpty() || customers.size() > MAX_CUSTOMERS) {
            problems.add("customers", "invalid_value", "this is all, or an array of 1 to " + MAX_CUSTOMERS + " ids");
            return null;
        }
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < customers.size(); i++) {
            if (customers.get(i).isString()) {
                ids.add(customers.get(i).stringValue());
            } else {
                problems.add("customers[" + i + "]", "wrong_type", "this must be text");
            }
        }
        return List.copyOf(ids);
    }

    private List<BigDecimal> quantities() {
        JsonNode array = node.path("quantities");
        if (array.isMissingNode() || array.isNull()) {
            return List.of();
        }
        if (!array.isArray() || array.isEmpty() || array.size() > MAX_QUANTITIES) {
            problems.add("quantities", "invalid_value", "this is an array of 1 to " + MAX_QUANTITIES + " quantities");
            return List.of();
        }
        for (String field : List.of("customers", "periods", "by")) {
            if (node.hasNonNull(field)) {
                problems.add(field, "field_not_used", "quantities stand in place of customers and their periods");
            }
        }
        List<BigDecimal> quantities = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            BigDecimal quantity = quantity(array.get(i), "quantities[" + i + "]");
            if (quantity != null) {
                quantities.add(quantity);
            }
        }
        return quantities;
    }

    private @Nullable BigDecimal quantity(JsonNode value, String path) {
        if (value.isNumber()) {
            return JsonFields.number(value, path, problems);
        }
        BigDecimal number = value.isString() ? Decimals.ofPlainText(value.stringValue()) : null;
        if (number == null) {
            problems.add(path, "wrong_type", "this must be a decimal, as 12.5 or \"12.50\"");
        }
        return number;
    }

    private int periods() {
        JsonNode periods = node.path("periods");
        if (periods.isMissingNode() || periods.isNull()) {
            return DEFAULT_PERIODS;
        }
        if (!periods.isInt() || periods.intValue() < 1 || periods.intValue() > MAX_PERIODS) {
            problems.add("periods", "invalid_value", "this is a whole number of 1 to " + MAX_PERIODS);
            return DEFAULT_PERIODS;
        }
        return periods.intValue();
    }

    private By by() {
        String text = JsonFields.text(node, "", "by", problems);
        By by = text == null ? By.CALENDAR_MONTH : By.of(text).orElse(null);
        if (by == null) {
            problems.add("by", "invalid_value", "this is one of calendar_month, subscription");
            return By.CALENDAR_MONTH;
        }
        return by;
    }

    private ZoneId zone() {
        String text = JsonFields.text(node, "", "time_zone", problems);
        if (text != null && !ZONES.contains(text)) {
            problems.add("time_zone", "invalid_value", "a time zone is an IANA name, as Europe/Paris or UTC");
            return ZoneId.of("UTC");
        }
        return ZoneId.of(text == null ? "UTC" : text);
    }

    private @Nullable Currency currency() {
        String code = JsonFields.text(node, "", "currency", problems);
        Currency currency = code == null ? null : Currencies.of(code).orElse(null);
        if (code != null && currency == null) {
            problems.add("currency", "unknown_currency", "a currency is a code of ISO 4217, as EUR");
        }
        return currency;
    }

    private @Nullable Boolean dryRun(@Nullable List<String> customers, List<BigDecimal> quantities) {
        JsonNode dryRun = node.path("dry_run");
        if (dryRun.isMissingNode() || dryRun.isNull()) {
            return null;
        }
        if (!dryRun.isBoolean()) {
            problems.add("dry_run", "wrong_type", "this is true or false");
            return null;
        }
        boolean wanted = dryRun.booleanValue();
        boolean isOne = customers != null && customers.size() == 1;
        if (wanted && !isOne && quantities.isEmpty()) {
            problems.add("dry_run", "invalid_value", "a dry run is for one customer, or for quantities");
        }
        if (!wanted && !quantities.isEmpty()) {
            problems.add("dry_run", "invalid_value", "quantities are always a dry run");
        }
        return wanted;
    }
}
