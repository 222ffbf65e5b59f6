package io.meterline.api;

import io.meterline.access.AuditLog;
import io.meterline.access.IdempotencyKeys;
import io.meterline.access.Scope;
import io.meterline.billing.Subscriptions;
import io.meterline.billing.statement.Statements;
import io.meterline.control.ControlDatabase;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.Customers;
import io.meterline.event.Environment;
import io.meterline.http.Body;
import io.meterline.http.Call;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.ingest.RejectedEvents;
import io.meterline.store.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /v1/customers/{id}/export} and {@code /erase}. */
public final class PersonalDataRoutes implements Routes.Source {

    private static final Logger LOG = LoggerFactory.getLogger(PersonalDataRoutes.class);

    private final Customers customers;
    private final PersonalData data;

    public PersonalDataRoutes(
            Customers customers,
            CustomerDirectory directory,
            EventStore events,
            RejectedEvents rejected,
            IdempotencyKeys answers,
            AuditLog audit,
            Subscriptions subscriptions,
            Statements statements,
            ControlDatabase control) {
        this.customers = customers;
        this.data = new PersonalData(
                customers, directory, events, rejected, answers, audit, subscriptions, statements, control);
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("personal-data");
        routes.get("/v1/customers/{id}/export", Scope.ADMIN, this::export);
        routes.post("/v1/customers/{id}/erase", Scope.ADMIN, this::erase)
                .withoutIdempotencyKey()
                .evenOnFullDisk();
    }

    private Reply export(Call call) {
        Environment environment = call.environment();
        String id = customers.get(environment, call.path("id")).id();
        LOG.info("customer {} exported with key {}", id, call.principal().id());
        return Reply.stream(Body.NDJSON, out -> data.export(environment, id, out));
    }

    private Reply erase(Call call) {
        PersonalData.Erased erased = data.erase(call.environment(), call.path("id"));
        LOG.info(
                "customer {} erased with key {}: {} events, {} rejected events",
                erased.customerId(),
                call.principal().id(),
                erased.events(),
                erased.rejectedEvents());
        return Reply.ok(erased);
    }
}
