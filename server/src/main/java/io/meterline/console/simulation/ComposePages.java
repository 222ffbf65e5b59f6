package io.meterline.console.simulation;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Area;
import io.meterline.console.Choice;
import io.meterline.console.Crumb;
import io.meterline.console.FilterWords;
import io.meterline.console.Pages;
import io.meterline.console.Refused;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.price.Live;
import io.meterline.console.price.LivePrice;
import io.meterline.console.price.PriceEditors;
import io.meterline.console.price.PriceWords;
import io.meterline.console.price.Shape;
import io.meterline.console.price.Unit;
import io.meterline.console.product.Aggregators;
import io.meterline.console.product.Product;
import io.meterline.http.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/** {@code /simulations/new}: where a simulation is composed. */
public final class ComposePages implements Pages.Source {

    private static final String FLAT_FEE = "flat_fee";

    @Override
    public void register(Pages pages) {
        pages.get("/simulations/new", Role.EDITOR, ComposePages::compose).takes("product", "from");
        pages.post("/simulations/editor", Role.EDITOR, ComposePages::editor);
        pages.post("/simulations/curl", Role.EDITOR, ComposePages::curl);
        pages.post("/simulations", Role.EDITOR, ComposePages::run);
    }

    /**
     * The page.
     *
     * @param composer null while there is no product
     * @param dry what a dry run answered; null for none
     */
    public record ComposePage(
            @Nullable Composer composer, @Nullable DryView dry) {}

    private static View compose(Visit visit) {
        String from = visit.query().text("from").orElse(null);
        if (from != null) {
            JsonNode simulation = visit.api().json("/v1/simulations/" + Api.encode(from));
            SimulationForm form = SimulationForm.of(simulation);
            JsonNode product = visit.api().json("/v1/products/" + Api.encode(form.productId()));
            return page(composer(visit, form.fit(product, false, false), product, Refused.NOTHING), null, 200);
        }
        List<Product> products = products(visit.api());
        String wanted = visit.query().text("product").orElseGet(() -> likely(products));
        if (wanted == null) {
            return page(null, null, 200);
        }
        JsonNode product = visit.api().json("/v1/products/" + Api.encode(wanted));
        boolean flat = product.path("type").asString("").equals(FLAT_FEE);
        SimulationForm form = SimulationForm.blank(wanted, flat).fit(product, false, true);
        return page(composer(visit, form, product, Refused.NOTHING), null, 200);
    }

    /** The newest that counts something: what a flat fee would have come to is seldom asked. */
    private static @Nullable String likely(List<Product> products) {
        return products.stream()
                .filter(product -> !product.type().equals(FLAT_FEE))
                .findFirst()
                .or(() -> products.stream().findFirst())
                .map(Product::id)
                .orElse(null);
    }

    private static SimulationForm sent(Visit visit, JsonNode product) {
        boolean anew = !visit.fields().get("for").equals(of(product, SimulationForm.of(visit.fields())));
        return SimulationForm.of(visit.fields())
                .fit(product, visit.fields().get("baseline_kind").equals("price"), anew);
    }

    // Candidates are of a product and a currency; with another one they begin anew.
    private static String of(JsonNode product, SimulationForm form) {
        return product.path("id").asString("") + " " + form.text("currency");
    }

    private static JsonNode product(Visit visit) {
        return visit.api().json("/v1/products/" + Api.encode(visit.fields().get("product_id")));
    }

    private static View editor(Visit visit) {
        JsonNode product = product(visit);
        SimulationForm form = sent(visit, product).edited(visit.fields().get("do"), product);
        return View.part("simulation/composer.jte", composer(visit, form, product, Refused.NOTHING));
    }

    private static View curl(Visit visit) {
        JsonNode product = product(visit);
        String json = sent(visit, product).body().toString();
        return View.part(
                "product/curl.jte",
                new io.meterline.console.product.ProductForms.Curl(visit.curl("POST", "/v1/simulations", json)));
    }

    private static View run(Visit visit) {
        JsonNode product = product(visit);
        SimulationForm form = sent(visit, product);
        try {
            JsonNode answer = visit.api()
                    .create("/v1/simulations", form.body(), visit.fields().get("form_id"), JsonNode.class);
            if (answer.path("dry_run").asBoolean(false)) {
                ObjectReader reader = Json.mapper()
                        .readerFor(Simulation.DryRun.class)
                        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
                DryView dry = DryView.of(visit.api(), reader.readValue(answer));
                return page(composer(visit, form, product, Refused.NOTHING), dry, 200);
            }
            return View.goTo(visit.path("/simulations/" + answer.path("id").asString()), "The simulation runs.");
        } catch (ApiFault fault) {
            Refused refused = Refused.by(fault);
            return page(composer(visit, form.showing(refused), product, refused), null, 422);
        }
    }

    private static View page(@Nullable Composer composer, @Nullable DryView dry, int status) {
        return new View.Whole(
                "simulation/compose.jte",
                Area.SIMULATIONS,
                List.of(new Crumb(Area.SIMULATIONS.title(), "/simulations"), new Crumb("New simulation", null)),
                new ComposePage(composer, dry),
                status);
    }

    private static List<Product> products(Api api) {
        return api.get("/v1/products?take=100", Product.Listing.class).data();
    }

    private static Composer composer(Visit visit, SimulationForm form, JsonNode product, Refused refused) {
        Unit unit =
                new Aggregators(visit.api()).unit(product.path("aggregator_id").asString(null));
        SimulationForm.Slot shown = form.shown();
        String currency = form.text("currency");
        ObjectNode price = (ObjectNode) form.at(shown.path());
        Live live = LivePrice.of(visit.api(), shown.path(), currency, unit, price, form.at());
        boolean flat = product.path("type").asString("").equals(FLAT_FEE);
        PriceEditors.Place place = new PriceEditors.Place(
                shown.path(),
                "currency",
                currency,
                unit,
                flat ? List.of(Shape.FLAT) : Arrays.asList(Shape.values()),
                true);
        boolean ofCandidate = shown.owner().startsWith("candidates");
        int index = ofCandidate ? Integer.parseInt(shown.owner().replaceAll("\\D", "")) : -1;
        return new Composer(
                choices(visit.api(), product),
                form.productId(),
                product.path("prices")
                        .valueStream()
                        .map(one -> one.path("currency").asString(""))
                        .distinct()
                        .map(Choice::of)
                        .toList(),
                currency,
                form.text("periods"),
                form.text("by"),
                form.text("time_zone"),
                form.who(),
                String.join("\n", form.list("customers")),
                String.join("\n", form.list("quantities")),
                form.hasOwnBaseline(),
                tabs(form, currency, unit, refused),
                parts(form, shown),
                hidden(form, shown),
                shown.path(),
                shown.owner(),
                ofCandidate ? form.at(shown.owner()).path("name").asString("") : null,
                form.candidates().size() < SimulationForm.MOST_CANDIDATES,
                form.candidates().size() > 1 ? index : -1,
                PriceEditors.of(price, place, refused, form.edit(), live),
                refused);
    }

    private static List<Choice> choices(Api api, JsonNode product) {
        List<Choice> choices = new ArrayList<>(products(api).stream()
                .map(one -> new Choice(one.id(), one.name()))
                .toList());
        String id = product.path("id").asString("");
        if (choices.stream().noneMatch(choice -> choice.value().equals(id))) {
            choices.add(new Choice(id, product.path("name").asString("") + " (archived)"));
        }
        return choices;
    }

    private static List<Composer.ScenarioTab> tabs(SimulationForm form, String currency, Unit unit, Refused refused) {
        List<Composer.ScenarioTab> tabs = new ArrayList<>();
        String shown = form.shown().owner();
        if (form.hasOwnBaseline()) {
            tabs.add(tab(form, "baseline", "A", "baseline", currency, unit, refused, shown));
        } else {
            tabs.add(new Composer.ScenarioTab("A", "what each pays now", "", "", false, false));
        }
        for (int i = 0; i < form.candidates().size(); i++) {
            String name = form.candidates().get(i).path("name").asString("");
            tabs.add(tab(form, "candidates[" + i + "]", Shown.letter(i + 1), name, currency, unit, refused, shown));
        }
        return tabs;
    }

    private static Composer.ScenarioTab tab(
            SimulationForm form,
            String owner,
            String letter,
            String label,
            String currency,
            Unit unit,
            Refused refused,
            String shown) {
        SimulationForm.Slot first = form.slots().stream()
                .filter(slot -> slot.owner().equals(owner))
                .findFirst()
                .orElseThrow();
        return new Composer.ScenarioTab(
                letter,
                label,
                PriceWords.of(form.at(first.path()), currency, unit),
                first.path(),
                owner.equals(shown),
                refused.violations().stream()
                        .anyMatch(violation -> violation.path().startsWith(owner)));
    }

    private static List<Composer.PartTab> parts(SimulationForm form, SimulationForm.Slot shown) {
        List<Composer.PartTab> parts = form.slots().stream()
                .filter(slot -> slot.owner().equals(shown.owner()))
                .map(slot -> {
                    String words = FilterWords.of(slot.filter());
                    return new Composer.PartTab(
                            words.isEmpty() ? "all other events" : words, slot.path(), slot.equals(shown));
                })
                .toList();
        return parts.size() > 1 ? parts : List.of();
    }

    private static List<Composer.Hidden> hidden(SimulationForm form, SimulationForm.Slot shown) {
        List<Composer.Hidden> hidden = new ArrayList<>();
        for (SimulationForm.Slot slot : form.slots()) {
            if (!slot.equals(shown)) {
                hidden.add(new Composer.Hidden(
                        slot.path() + ":json", form.at(slot.path()).toString()));
            }
            if (slot.filter().isObject()) {
                String path = slot.path().substring(0, slot.path().length() - "price".length()) + "filter:json";
                hidden.add(new Composer.Hidden(path, slot.filter().toString()));
            }
        }
        for (int i = 0; i < form.candidates().size(); i++) {
            String owner = "candidates[" + i + "]";
            if (!owner.equals(shown.owner())) {
                hidden.add(new Composer.Hidden(
                        owner + ".name", form.candidates().get(i).path("name").asString("")));
            }
        }
        hidden.add(new Composer.Hidden("for", form.productId() + " " + form.text("currency")));
        return hidden;
    }
}
