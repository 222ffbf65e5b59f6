package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.billing.statement.Evidence;
import io.meterline.billing.statement.Statement;
import io.meterline.billing.statement.Statements;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import io.meterline.event.Timestamps;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Query;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery;
import io.meterline.store.EventReader;
import io.meterline.store.Filter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Statements of a subscription: to look at, to close, to be traced to their events, to be handed over. */
public final class StatementRoutes implements Routes.Source {

    private static final int MOST_LINES = 1_000_000;

    /** How a statement goes out. */
    private enum Format {
        JSON,
        CSV
    }

    private final Statements statements;
    private final EventReader events;
    private final CustomerDirectory customers;

    public StatementRoutes(Statements statements, EventReader events, CustomerDirectory customers) {
        this.statements = statements;
        this.events = events;
        this.customers = customers;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("statements");
        routes.get("/v1/subscriptions/{id}/statements", Scope.READ, this::ofSubscription)
                .pages()
                .takes("at");
        routes.get("/v1/statements/{id}", Scope.READ, this::get).takes("format");
        routes.post("/v1/statements/{id}/close", Scope.WRITE, this::close).withoutIdempotencyKey();
        routes.get("/v1/statements/{id}/explain", Scope.READ, this::explain)
                .pages()
                .takes("line", "adjustment", "sort", "order", "record.*");
    }

    private Reply ofSubscription(Call call) {
        Optional<Instant> at = call.query().instant("at");
        if (at.isPresent()) {
            return Reply.ok(view(statements.at(call.environment(), call.path("id"), Timestamps.micros(at.get()))));
        }
        Page page = Page.of(call.query());
        return Reply.ok(Listings.of(
                page, statements.list(call.environment(), call.path("id"), Listings.request(page)), this::view));
    }

    private Reply get(Call call) {
        Format format = call.query().oneOf("format", Format.class).orElse(Format.JSON);
        StatementView view = view(statements.get(call.environment(), call.path("id")));
        return switch (format) {
            case JSON -> Reply.ok(view);
            case CSV ->
                Reply.stream("text/csv", out -> StatementCsv.write(view, out))
                        .header("Content-Disposition", "attachment; filename=\"" + view.id() + ".csv\"");
        };
    }

    private Reply close(Call call) {
        return Reply.ok(view(statements.close(call.environment(), call.path("id"))));
    }

    private Reply explain(Call call) {
        Page page = Page.of(call.query());
        EventQuery listing = EventQueries.of(call.query(), page, call.environment(), customers);
        EventPage found = evidence(call)
                .map(evidence -> events.list(call.environment(), query(evidence, listing)))
                .orElseGet(() -> new EventPage(List.of(), 0));
        return EventListing.reply(found, page, listing.sort(), listing.descending(), customers);
    }

    private Optional<Evidence> evidence(Call call) {
        Query query = call.query();
        if (query.has("line") == query.has("adjustment")) {
            throw Query.invalid("line", "is needed, or else adjustment: say what to explain");
        }
        return query.has("line")
                ? statements.behindLine(call.environment(), call.path("id"), query.integer("line", 1, 1, MOST_LINES))
                : statements.behindAdjustment(
                        call.environment(), call.path("id"), query.integer("adjustment", 1, 1, MOST_LINES));
    }

    private static EventQuery query(Evidence evidence, EventQuery listing) {
        return new EventQuery(
                evidence.eventType(),
                evidence.customers(),
                null,
                null,
                evidence.timestamps(),
                evidence.ingested(),
                new Filter.All(List.of(evidence.filter(), listing.filter())),
                evidence.measure(),
                listing.sort(),
                listing.descending(),
                listing.take(),
                listing.skip(),
                listing.after());
    }

    private StatementView view(Statement statement) {
        long number = statement.customer();
        CustomerRef customer =
                Objects.requireNonNull(customers.byNumber(List.of(number)).get(number));
        return StatementView.of(statement, customer.canonicalId(), customer.canonicalExternalId());
    }
}
