package io.meterline.billing.simulation;

import io.meterline.billing.OwnPriceJson;
import io.meterline.billing.PriceJson;
import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.billing.simulation.SimulationRequest.Candidate;
import io.meterline.meter.JsonFields;
import io.meterline.meter.Problems;
import io.meterline.price.Checked;
import io.meterline.store.Filter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the prices that are held against each other: the baseline and the candidates. */
final class ScenarioJson {

    static final int MAX_CANDIDATES = 5;

    private static final int MAX_NAME = 100;
    private static final Set<String> CANDIDATE_FIELDS = Set.of("name", "price", "prices");
    private static final Set<String> PRICES = Set.of("prices");

    private final Problems problems;

    /** Adds what is wrong to {@code problems}. */
    ScenarioJson(Problems problems) {
        this.problems = problems;
    }

    /** What the candidates are held against; null for what each customer pays now. */
    @Nullable
    List<OwnPrice> baseline(JsonNode baseline) {
        if (baseline.isMissingNode() || baseline.isNull()) {
            return null;
        }
        if (baseline.isString()) {
            if (!baseline.stringValue().equals(SimulationJson.CURRENT)) {
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

    /** The candidates, each of another name. */
    List<Candidate> candidates(JsonNode array) {
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
}
