package io.meterline.console.simulation;

import io.meterline.access.Role;
import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.Pages;
import io.meterline.console.View;
import io.meterline.console.Visit;
import io.meterline.console.product.DraftPrices;
import io.meterline.console.product.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The panel of a product: what the draft would have come to in the last twelve months. */
public final class WhatIf implements Pages.Source {

    private static final int MONTHS = 12;
    private static final int MOST_AFFECTED = 3;

    @Override
    public void register(Pages pages) {
        pages.post("/products/{id}/what-if", Role.EDITOR, WhatIf::start);
        pages.get("/products/{id}/what-if/{simulation}", WhatIf::look);
        pages.post("/products/{id}/what-if/{simulation}/cancel", Role.EDITOR, WhatIf::cancel);
    }

    /**
     * The panel.
     *
     * @param refused why it cannot be simulated; null when it can
     * @param took how long it took; empty while it runs
     */
    public record Panel(
            String productId,
            int version,
            @Nullable String refused,
            @Nullable Simulation simulation,
            @Nullable ResultView result,
            List<Rows.Row> affected,
            String took) {}

    private static View start(Visit visit) {
        Product product = visit.api().get("/v1/products/" + Api.encode(visit.id("id")), Product.class);
        DraftPrices draft = DraftPrices.of(visit.fields());
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("product_id", product.id())
                .put("baseline", "current")
                .put("customers", "all")
                .put("periods", MONTHS)
                .put("by", product.type().equals("flat_fee") ? "subscription" : "calendar_month")
                .put("currency", draft.currency());
        ObjectNode candidate =
                body.putArray("candidates").addObject().put("name", "draft of version " + (product.version() + 1));
        candidate.set("prices", draft.prices());
        try {
            Simulation made = visit.api().post("/v1/simulations", body, Simulation.class);
            return part(panel(visit, product, made));
        } catch (ApiFault fault) {
            String why = fault.errors().isEmpty()
                    ? fault.detail()
                    : "The price is not complete yet: "
                            + fault.errors().getFirst().message() + ".";
            return part(new Panel(product.id(), product.version(), why, null, null, List.of(), ""));
        }
    }

    private static View look(Visit visit) {
        Product product = visit.api().get("/v1/products/" + Api.encode(visit.id("id")), Product.class);
        return part(panel(visit, product, visit.api().get(target(visit), Simulation.class)));
    }

    private static View cancel(Visit visit) {
        visit.api().post(target(visit) + "/cancel");
        return look(visit);
    }

    private static String target(Visit visit) {
        return "/v1/simulations/" + Api.encode(visit.id("simulation"));
    }

    private static View part(Panel panel) {
        return View.part("product/what-if.jte", panel);
    }

    private static Panel panel(Visit visit, Product product, Simulation simulation) {
        Simulation.Result result = simulation.result();
        if (result == null) {
            return new Panel(product.id(), product.version(), null, simulation, null, List.of(), "");
        }
        Duration took = simulation.startedAt() == null || simulation.finishedAt() == null
                ? Duration.ZERO
                : Duration.between(simulation.startedAt(), simulation.finishedAt());
        return new Panel(
                product.id(),
                product.version(),
                null,
                simulation,
                ResultView.of(result, simulation.currency(), null),
                affected(visit.api(), simulation),
                Shown.duration(took));
    }

    /** Those with the largest increases, then those with the largest decreases. */
    private static List<Rows.Row> affected(Api api, Simulation simulation) {
        String target = "/v1/simulations/" + simulation.id() + "/customers?take=" + MOST_AFFECTED;
        List<Simulation.Customer> found = new ArrayList<>();
        found.addAll(
                api.get(target + "&change=loser", Simulation.Customers.class).data());
        found.addAll(api.get(target + "&change=winner&order=asc", Simulation.Customers.class)
                .data()
                .reversed());
        return Rows.of(api, found, simulation.currency(), 0);
    }
}
