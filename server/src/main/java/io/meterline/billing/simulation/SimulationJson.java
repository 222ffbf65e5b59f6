package io.meterline.billing.simulation;

import io.meterline.billing.OwnPriceJson;
import io.meterline.billing.PriceJson;
import io.meterline.billing.PriceText;
import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.billing.simulation.SimulationRequest.Candidate;
import io.meterline.event.Decimals;
import io.meterline.meter.JsonFields;
import io.meterline.meter.Problems;
import io.meterline.price.Checked;
import io.meterline.price.Currencies;
import io.meterline.store.Filter;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes what is to be simulated. Everything wrong with it is named in one answer. */
public final class SimulationJson {

    static final int MAX_CANDIDATES = 5;
    static final int MAX_CUSTOMERS = 10_000;
    static final int MAX_QUANTITIES = 1_000;
    static final int MAX_PERIODS = 60;
    static final int DEFAULT_PERIODS = 12;

    private static final String CURRENT = "current";
    private static final String ALL = "all";
    private static final int MAX_NAME = 100;
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
    private static final Set<String> CANDIDATE_FIELDS = Set.of("name", "price", "prices");
    private static final Set<String> PRICES = Set.of("prices");
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
        List<BigDecimal> quantities = quantities();
        List<String> customers = customers();
        return new SimulationRequest(
                product == null ? "" : product,
                baseline(),
                candidates(),
                customers,
                quantities,
                periods(),
                by(),
                zone(),
                currency(),
                dryRun(customers, quantities));
    }

    private @Nullable List<OwnPrice> baseline() {
        JsonNode baseline = node.path("baseline");
        if (baseline.isMissingNode() || baseline.isNull()) {
            return null;
        }
        if (baseline.isString()) {
            if (!baseline.stringValue().equals(CURRENT)) {
                problems.add("baseline", "invalid_value", "this is current, or a price");
            }
            return null;
        }
        if (baseline.has("prices")) {
            JsonFields.refuseUnknown(baseline, "baseline", PRICES, problems);
            return prices(baseline, "baseline");
        }
        return price(baseline, "baseline");
    }

    private List<OwnPrice> price(JsonNode price, String path) {
        Checked checked = PriceJson.read(price, path);
        Stream.concat(checked.faults().stream(), checked.slips().stream())
                .forEach(wrong -> problems.add(wrong.path(), wrong.code(), wrong.message()));
        return checked.price() == null ? List.of() : List.of(new OwnPrice(Filter.NONE, checked.price()));
    }

    private List<OwnPrice> prices(JsonNode object, String path) {
        List<OwnPrice> prices = OwnPriceJson.read(object.path("prices"), path + ".prices", problems);
        if (object.path("prices").isArray() && object.path("prices").isEmpty()) {
            problems.add(path + ".prices", "required", "say at least one price");
        }
        return prices;
    }

    private List<Candidate> candidates() {
        JsonNode array = node.path("candidates");
        if (!array.isArray() || array.isEmpty()) {
            problems.add("candidates", "required", "a simulation has at least one candidate, in an array");
            return List.of();
        }
        if (array.size() > MAX_CANDIDATES) {
            problems.add("candidates", "too_many_candidates", "there can be at most " + MAX_CANDIDATES + " candidates");
            return List.of();
        }
        List<Candidate> candidates = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            candidates.add(candidate(array.get(i), "candidates[" + i + "]", taken));
        }
        return candidates;
    }

    private Candidate candidate(JsonNode candidate, String path, Set<String> taken) {
        if (!candidate.isObject()) {
            problems.add(path, "wrong_type", "a candidate is an object with a name and a price");
            return new Candidate("", List.of());
        }
        JsonFields.refuseUnknown(candidate, path, CANDIDATE_FIELDS, problems);
        String name = name(candidate, path, taken);
        boolean several = candidate.hasNonNull("prices");
        if (several == candidate.hasNonNull("price")) {
            problems.add(path + ".price", several ? "invalid_value" : "required", "send either price or prices");
            return new Candidate(name, List.of());
        }
        return new Candidate(name, several ? prices(candidate, path) : price(candidate.path("price"), path + ".price"));
    }

    private String name(JsonNode candidate, String path, Set<String> taken) {
        String name = JsonFields.text(candidate, path, "name", problems);
        if (name == null
                || name.isBlank()
                || name.codePointCount(0, name.length()) > MAX_NAME
                || name.codePoints()
                        .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            String code = candidate.hasNonNull("name") ? "invalid_value" : "required";
            problems.add(
                    path + ".name", code, "a name has 1 to " + MAX_NAME + " characters, without control characters");
            return "";
        }
        if (!taken.add(name)) {
            problems.add(path + ".name", "duplicate_name", "an earlier candidate has this name");
        }
        return name;
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

    /** The request in canonical form; reading it gives the same. */
    public static ObjectNode write(SimulationRequest request) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("product_id", request.productId());
        if (request.baseline() == null) {
            json.put("baseline", CURRENT);
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
            json.put("customers", ALL);
        } else {
            customers.forEach(json.putArray("customers")::add);
        }
    }
}
