package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.billing.simulation.CustomerQuery;
import io.meterline.billing.simulation.CustomerQuery.Change;
import io.meterline.billing.simulation.Simulation;
import io.meterline.billing.simulation.SimulationJson;
import io.meterline.billing.simulation.SimulationRequest;
import io.meterline.billing.simulation.SimulationResults;
import io.meterline.billing.simulation.Simulations;
import io.meterline.http.Call;
import io.meterline.http.Cursor;
import io.meterline.http.Page;
import io.meterline.http.Query;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /v1/simulations}: what other prices would have come to, over usage that there was. */
public final class SimulationRoutes implements Routes.Source {

    private static final Pattern DIFFERENCE = Pattern.compile("-?[0-9]{1,60}(\\.[0-9]{1,6})?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Simulations simulations;

    public SimulationRoutes(Simulations simulations) {
        this.simulations = simulations;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("simulations");
        routes.get("/v1/simulations", Scope.READ, this::list).pages();
        routes.post("/v1/simulations", Scope.WRITE, this::create);
        routes.get("/v1/simulations/{id}", Scope.READ, this::get);
        routes.delete("/v1/simulations/{id}", Scope.WRITE, this::delete);
        routes.post("/v1/simulations/{id}/cancel", Scope.WRITE, this::cancel).withoutIdempotencyKey();
        routes.get("/v1/simulations/{id}/customers", Scope.READ, this::customers)
                .pages()
                .takes("candidate", "change", "customer_id", "order");
        routes.get("/v1/simulations/{id}/csv", Scope.READ, this::csv);
    }

    private Reply list(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(Listings.of(
                page, simulations.list(call.environment(), Listings.request(page)), SimulationView::inList));
    }

    private Reply create(Call call) {
        SimulationRequest request = SimulationJson.read(call.json(JsonNode.class));
        return request.isDryRun()
                ? Reply.ok(SimulationView.of(simulations.dryRun(call.environment(), request)))
                : Reply.json(202, SimulationView.of(simulations.create(call.environment(), request)));
    }

    private Reply get(Call call) {
        return Reply.ok(SimulationView.of(simulations.get(call.environment(), call.path("id"))));
    }

    private Reply cancel(Call call) {
        return Reply.json(202, SimulationView.of(simulations.cancel(call.environment(), call.path("id"))));
    }

    private Reply delete(Call call) {
        simulations.delete(call.environment(), call.path("id"));
        return Reply.noContent();
    }

    private enum Order {
        ASC,
        DESC
    }

    private Reply customers(Call call) {
        Query query = call.query();
        Page page = Page.of(query);
        SimulationResults.CustomerPage found = simulations
                .results()
                .customers(
                        call.environment(),
                        call.path("id"),
                        new CustomerQuery(
                                query.text("candidate").orElse(null),
                                query.oneOf("change", Change.class).orElse(null),
                                query.text("customer_id").orElse(null),
                                query.oneOf("order", Order.class).orElse(Order.DESC) == Order.ASC,
                                page.take(),
                                page.skip(),
                                place(page.after())));
        CustomerQuery.Place next = found.next();
        return Reply.ok(page.listing(
                found.total(),
                found.customers().stream()
                        .map(customer -> SimulationView.Customer.of(customer, found.candidates()))
                        .toList(),
                next == null
                        ? null
                        : new Cursor(next.difference().toPlainString(), Long.toString(next.number())).text()));
    }

    private static CustomerQuery.@Nullable Place place(@Nullable Cursor cursor) {
        if (cursor == null) {
            return null;
        }
        if (!DIFFERENCE.matcher(cursor.sortValue()).matches()
                || !NUMBER.matcher(cursor.id()).matches()) {
            throw Cursor.invalid();
        }
        return new CustomerQuery.Place(new BigDecimal(cursor.sortValue()), Long.parseLong(cursor.id()));
    }

    private Reply csv(Call call) {
        String id = call.path("id");
        Simulation simulation = simulations.results().withResult(call.environment(), id);
        return Reply.stream(
                        "text/csv",
                        out -> SimulationCsv.write(simulations.results().amounts(call.environment(), id), out))
                .header("Content-Disposition", "attachment; filename=\"" + simulation.id() + ".csv\"");
    }
}
