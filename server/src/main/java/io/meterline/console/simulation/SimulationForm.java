package io.meterline.console.simulation;

import io.meterline.console.ApiFault.Violation;
import io.meterline.console.Refused;
import io.meterline.console.price.PathForm;
import io.meterline.console.price.PriceEdit;
import io.meterline.console.price.PriceTree;
import io.meterline.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is to be simulated, as it stands in its form. */
final class SimulationForm {

    /** The API takes more; these can be told apart on a page. */
    static final int MOST_CANDIDATES = 5;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> ROOTS = List.of(
            "product_id",
            "currency",
            "periods",
            "by",
            "time_zone",
            "customers",
            "quantities",
            "baseline",
            "candidates");
    private static final Pattern EDIT = Pattern.compile("(show|candidate[+-])(?: ([a-z0-9_.\\[\\]]+))?");
    private static final Pattern CANDIDATE = Pattern.compile("candidates\\[(\\d+)].*");

    private final ObjectNode tree;
    private final String who;
    private String at;
    private String shown;
    private String edit = "";

    private SimulationForm(ObjectNode tree, String who, String shown, String at) {
        this.tree = tree;
        this.who = who.isEmpty() ? "all" : who;
        this.shown = shown;
        this.at = at;
    }

    /**
     * Where a price stands.
     *
     * @param path of it, such as {@code candidates[0].price}
     * @param owner such as {@code candidates[0]}
     */
    record Slot(String path, String owner, JsonNode filter) {}

    /** The form that was sent. */
    static SimulationForm of(Fields fields) {
        ObjectNode tree = PathForm.read(fields, ROOTS.toArray(String[]::new));
        if (fields.get("baseline_kind").equals("current")) {
            tree.remove("baseline");
        }
        return new SimulationForm(tree, fields.get("who"), fields.get("shown"), fields.get("at"));
    }

    /** A simulation that was run, to be changed. */
    static SimulationForm of(JsonNode simulation) {
        ObjectNode tree = (ObjectNode) simulation.deepCopy();
        tree.retain(ROOTS);
        if (!tree.path("baseline").isObject()) {
            tree.remove("baseline");
        }
        boolean some = tree.path("customers").isArray();
        if (!some) {
            tree.remove("customers");
        }
        return new SimulationForm(tree, some ? "some" : "all", "", "");
    }

    /** A form for a product. */
    static SimulationForm blank(@Nullable String productId, boolean flatFee) {
        ObjectNode tree = JSON.objectNode()
                .put("periods", 12)
                .put("by", flatFee ? "subscription" : "calendar_month")
                .put("time_zone", "UTC");
        return new SimulationForm(productId == null ? tree : tree.put("product_id", productId), "all", "", "");
    }

    String productId() {
        return tree.path("product_id").asString("");
    }

    String text(String field) {
        return tree.path(field).asString("");
    }

    List<String> list(String field) {
        return tree.path(field).valueStream().map(one -> one.asString("")).toList();
    }

    String who() {
        return who;
    }

    String at() {
        return at;
    }

    String edit() {
        return edit;
    }

    boolean hasOwnBaseline() {
        return tree.path("baseline").isObject();
    }

    /**
     * Makes candidates where there are none for this product, of what it costs now.
     *
     * @param wantsBaseline whether a price of its own stands in place of what each customer pays
     */
    SimulationForm fit(JsonNode product, boolean wantsBaseline, boolean anew) {
        List<String> currencies = product.path("prices")
                .valueStream()
                .map(price -> price.path("currency").asString(""))
                .distinct()
                .toList();
        if (!currencies.contains(text("currency"))) {
            tree.put("currency", currencies.getFirst());
        }
        CurrentPrice current = CurrentPrice.of(product, text("currency"));
        if (anew || !(tree.get("candidates") instanceof ArrayNode candidates) || candidates.isEmpty()) {
            tree.putArray("candidates").add(current.candidate("Candidate B"));
        }
        if (wantsBaseline && !hasOwnBaseline()) {
            tree.set("baseline", current.baseline());
        } else if (hasOwnBaseline() && anew) {
            tree.set("baseline", current.baseline());
        }
        slots().forEach(slot -> PriceTree.fit((ObjectNode) PathForm.at(tree, slot.path())));
        return this;
    }

    /** Does what a button of the form says. */
    SimulationForm edited(String wanted, JsonNode product) {
        edit = wanted;
        at = wanted.equals(PriceEdit.MODEL) ? "" : at;
        Matcher matcher = EDIT.matcher(wanted);
        if (!matcher.matches()) {
            PriceEdit.apply((ObjectNode) PathForm.at(tree, shown().path()), wanted);
            return this;
        }
        String what = matcher.group(2) == null ? "" : matcher.group(2);
        ArrayNode candidates = candidates();
        switch (matcher.group(1)) {
            case "show" -> shown = what;
            case "candidate+" -> {
                if (candidates.size() < MOST_CANDIDATES) {
                    String name = "Candidate " + Shown.letter(candidates.size() + 1);
                    JsonNode copy = PathForm.at(tree, shown().owner());
                    candidates.add(
                            shown().owner().equals("baseline")
                                    ? CurrentPrice.of(product, text("currency")).candidate(name)
                                    : ((ObjectNode) copy.deepCopy()).put("name", name));
                    shown = slots().getLast().path();
                }
            }
            default -> {
                int index = what.matches("\\d") ? Integer.parseInt(what) : candidates.size();
                if (candidates.size() > 1 && index < candidates.size()) {
                    candidates.remove(index);
                    shown = "";
                }
            }
        }
        return this;
    }

    /** Lays out the price that an error is about. */
    SimulationForm showing(Refused refused) {
        refused.violations().stream()
                .map(Violation::path)
                .filter(path -> CANDIDATE.matcher(path).matches() || path.startsWith("baseline"))
                .findFirst()
                .flatMap(path -> slots().stream()
                        .filter(slot -> path.startsWith(slot.owner()))
                        .findFirst())
                .ifPresent(slot -> shown = slot.path());
        return this;
    }

    ArrayNode candidates() {
        return (ArrayNode) tree.path("candidates");
    }

    JsonNode at(String path) {
        return PathForm.at(tree, path);
    }

    /** Every price of the form. */
    List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        if (hasOwnBaseline()) {
            JsonNode baseline = tree.path("baseline");
            if (baseline.has("prices")) {
                addAll(slots, "baseline", baseline.path("prices"));
            } else {
                slots.add(new Slot("baseline", "baseline", JSON.nullNode()));
            }
        }
        for (int i = 0; i < candidates().size(); i++) {
            String owner = "candidates[" + i + "]";
            JsonNode candidate = candidates().get(i);
            if (candidate.path("prices").isArray()) {
                addAll(slots, owner, candidate.path("prices"));
            } else {
                slots.add(new Slot(owner + ".price", owner, JSON.nullNode()));
            }
        }
        return slots;
    }

    private static void addAll(List<Slot> slots, String owner, JsonNode prices) {
        for (int j = 0; j < prices.size(); j++) {
            slots.add(new Slot(
                    owner + ".prices[" + j + "].price", owner, prices.get(j).path("filter")));
        }
    }

    /** The one that is laid out: the first candidate's where none was asked for. */
    Slot shown() {
        List<Slot> slots = slots();
        return slots.stream()
                .filter(slot -> slot.path().equals(shown))
                .findFirst()
                .orElseGet(() -> slots.stream()
                        .filter(slot -> slot.owner().startsWith("candidates"))
                        .findFirst()
                        .orElseThrow());
    }

    /** What the API takes. */
    JsonNode body() {
        ObjectNode body = (ObjectNode) PathForm.sent(tree);
        if (!hasOwnBaseline()) {
            body.put("baseline", "current");
        }
        switch (who) {
            case "some" -> body.remove("quantities");
            case "quantities" -> body.remove(List.of("customers", "periods", "by"));
            default -> {
                body.remove("quantities");
                body.put("customers", "all");
            }
        }
        if (who.equals("some") && !body.has("customers")) {
            body.putArray("customers");
        }
        if (who.equals("quantities") && !body.has("quantities")) {
            body.putArray("quantities");
        }
        return body;
    }
}
