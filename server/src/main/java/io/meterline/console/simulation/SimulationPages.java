package io.meterline.console.simulation;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.Area;
import io.meterline.console.Formats;
import io.meterline.console.Pager;
import io.meterline.console.Pages;
import io.meterline.console.Tab;
import io.meterline.console.Toast;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.price.PriceWords;
import io.meterline.console.price.Unit;
import io.meterline.console.product.Aggregators;
import io.meterline.console.product.Product;
import io.meterline.http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /simulations/{id}}: one while it runs, and what came out of it. */
public final class SimulationPages implements Pages.Source {

    private static final int TAKE = 25;
    private static final int MOST_SKIPPED = 10_000;

    @Override
    public void register(Pages pages) {
        pages.get("/simulations/{id}", SimulationPages::page).takes("candidate", "change", "order", "customer", "skip");
        pages.get("/simulations/{id}/progress", SimulationPages::progress);
        pages.get("/simulations/{id}/csv", SimulationPages::csv);
        pages.post("/simulations/{id}/cancel", Role.EDITOR, SimulationPages::cancel);
        pages.post("/simulations/{id}/delete", Role.EDITOR, SimulationPages::delete);
    }

    /**
     * The page.
     *
     * @param prices what each scenario costs, in words
     * @param result null until there is one
     * @param customers null until there is a result
     */
    public record SimulationPage(
            Simulation simulation,
            String product,
            boolean productThere,
            String over,
            List<Scenario> prices,
            String took,
            @Nullable ResultView result,
            @Nullable CustomersView customers,
            List<Tab> candidates,
            String curl) {}

    /** A scenario in words. */
    public record Scenario(String letter, String name, List<String> words) {}

    /** The table of customers. */
    public record CustomersView(
            List<Rows.Row> rows,
            List<String> columns,
            Pager pager,
            List<Tab> changes,
            boolean ascending,
            String sort,
            String customer,
            String reset) {}

    private static View page(Visit visit) {
        Simulation one = visit.api().get(target(visit), Simulation.class);
        Optional<Product> product = visit.api().find("/v1/products/" + Api.encode(one.productId()), Product.class);
        String name = product.map(Product::name).orElse(one.productId());
        Unit unit = product.map(found -> new Aggregators(visit.api()).unit(found.aggregatorId()))
                .orElse(Unit.UNKNOWN);
        Simulation.Result result = one.result();
        String candidate = visit.query().text("candidate").orElse(null);
        ResultView view = result == null ? null : ResultView.of(result, one.currency(), candidate);
        Duration took = one.startedAt() == null || one.finishedAt() == null
                ? Duration.ZERO
                : Duration.between(one.startedAt(), one.finishedAt());
        SimulationPage page = new SimulationPage(
                one,
                name,
                product.isPresent(),
                SimulationListPages.over(one),
                prices(one, unit),
                Shown.duration(took),
                view,
                view == null ? null : customers(visit, one, view),
                view == null ? List.of() : candidates(visit, one, view),
                visit.curl(target(visit)));
        return View.page(
                "simulation/page.jte",
                Area.SIMULATIONS,
                name + ", " + String.join(", ", one.names()),
                "/simulations",
                page);
    }

    private static List<Tab> candidates(Visit visit, Simulation one, ResultView view) {
        List<Tab> tabs = new ArrayList<>();
        for (int i = 0; i < one.names().size(); i++) {
            String name = one.names().get(i);
            String query = i == 0 ? "" : "?candidate=" + Api.encode(name);
            tabs.add(Tab.of(
                    Shown.letter(i + 1) + ", " + name,
                    visit.path("/simulations/" + one.id() + query),
                    view.shown().index() == i));
        }
        return tabs;
    }

    private static List<Scenario> prices(Simulation one, Unit unit) {
        List<Scenario> scenarios = new ArrayList<>();
        JsonNode baseline = one.baseline();
        scenarios.add(new Scenario(
                "A",
                "baseline",
                baseline.isString() ? List.of("what each customer pays now") : words(baseline, one.currency(), unit)));
        for (int i = 0; i < one.candidates().size(); i++) {
            JsonNode candidate = one.candidates().get(i);
            scenarios.add(new Scenario(
                    Shown.letter(i + 1),
                    candidate.path("name").asString(""),
                    words(candidate.has("price") ? candidate.path("price") : candidate, one.currency(), unit)));
        }
        return scenarios;
    }

    private static List<String> words(JsonNode price, String currency, Unit unit) {
        return price.has("prices")
                ? price.path("prices")
                        .valueStream()
                        .map(one -> PriceWords.of(one.path("price"), currency, unit))
                        .toList()
                : List.of(PriceWords.of(price, currency, unit));
    }

    private static CustomersView customers(Visit visit, Simulation one, ResultView view) {
        CustomerAddress asked = CustomerAddress.of(visit, one.id());
        Simulation.Customers found =
                visit.api().get(asked.target(TAKE, view.shown().name()), Simulation.Customers.class);
        long total = found.meta().total();
        int skip = asked.skip();
        int shown = found.data().size();
        Pager pager = new Pager(
                shown == 0 ? 0 : skip + 1L,
                skip + shown,
                total,
                skip == 0 ? null : asked.at(Math.max(0, skip - TAKE)).page(),
                skip + shown >= total || skip + TAKE > MOST_SKIPPED
                        ? null
                        : asked.at(skip + TAKE).page());
        ResultView.Total about = view.shown();
        List<Tab> changes = List.of(
                tab("All", asked, null, about.less() + about.same() + about.more()),
                tab("Pay more", asked, "loser", about.more()),
                tab("Pay less", asked, "winner", about.less()),
                tab("The same", asked, "unchanged", about.same()));
        List<String> columns = new ArrayList<>(List.of("A, baseline"));
        for (int i = 0; i < one.names().size(); i++) {
            columns.add(Shown.letter(i + 1) + ", " + one.names().get(i));
        }
        return new CustomersView(
                Rows.of(visit.api(), found.data(), one.currency(), about.index()),
                columns,
                pager,
                changes,
                asked.ascending(),
                asked.sorted(!asked.ascending()).page(),
                asked.customer(),
                asked.of("").page());
    }

    private static Tab tab(String label, CustomerAddress asked, @Nullable String change, long count) {
        return new Tab(
                label,
                asked.changing(change).page(),
                java.util.Objects.equals(asked.change(), change),
                Formats.number(count));
    }

    private static View progress(Visit visit) {
        Simulation one = visit.api().get(target(visit), Simulation.class);
        if (one.isOver()) {
            Toast done = one.status().equals("succeeded") ? Toast.done("The simulation is done.") : null;
            return new View.GoTo(visit.path("/simulations/" + one.id()), done);
        }
        return View.part("simulation/progress.jte", one);
    }

    private static View csv(Visit visit) {
        Reply csv = visit.api().answer("GET", target(visit) + "/csv");
        return new View.Answer(csv);
    }

    private static View cancel(Visit visit) {
        visit.api().post(target(visit) + "/cancel");
        return View.goTo(visit.path("/simulations/" + visit.id("id")), "The simulation ends. Nothing of it is kept.");
    }

    private static View delete(Visit visit) {
        visit.api().delete(target(visit));
        return View.goTo(visit.path("/simulations"), "The simulation and its result are removed.");
    }

    private static String target(Visit visit) {
        return "/v1/simulations/" + Api.encode(visit.id("id"));
    }
}
