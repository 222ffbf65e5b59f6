package io.meterline.api;

import io.meterline.access.AuditLog;
import io.meterline.access.IdempotencyKeys;
import io.meterline.billing.Subscription;
import io.meterline.billing.SubscriptionView;
import io.meterline.billing.Subscriptions;
import io.meterline.billing.statement.Statement;
import io.meterline.billing.statement.Statements;
import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import io.meterline.customer.Customers;
import io.meterline.event.Environment;
import io.meterline.event.KeyHash;
import io.meterline.event.Period;
import io.meterline.http.Json;
import io.meterline.ingest.RejectedEvent;
import io.meterline.ingest.RejectedEvents;
import io.meterline.ingest.RejectedFilter;
import io.meterline.store.EventQuery;
import io.meterline.store.EventStore;
import io.meterline.store.Filter;
import io.meterline.store.StoredEvent;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.node.ObjectNode;

/** Everything that is kept about one customer, wherever it is kept: to hand it out, or to remove it. */
final class PersonalData {

    private static final int BATCH = 1_000;
    private static final int REJECTED_BATCH = 100;
    private static final ObjectWriter LINES = Json.mapper().writer().withRootValueSeparator("\n");

    private final Customers customers;
    private final CustomerDirectory directory;
    private final EventStore events;
    private final RejectedEvents rejected;
    private final IdempotencyKeys answers;
    private final AuditLog audit;
    private final Subscriptions subscriptions;
    private final Statements statements;
    private final ControlDatabase control;

    PersonalData(
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
        this.directory = directory;
        this.events = events;
        this.rejected = rejected;
        this.answers = answers;
        this.audit = audit;
        this.subscriptions = subscriptions;
        this.statements = statements;
        this.control = control;
    }

    /** What was removed. */
    record Erased(String customerId, long events, long rejectedEvents) {}

    /**
     * Ends the subscriptions of a customer and removes its events, what was rejected of it, and then what it is called, and
     * the traces of all that in kept answers, the audit log and write-ahead logs. Closed statements keep their amounts. A repetition goes on where an interrupted one stopped.
     */
    Erased erase(Environment environment, String id) {
        Customers.Names names = customers.names(environment, id);
        // First, or what is erased would be credited.
        statements.seal(names.numbers());
        subscriptions.erase(environment, names.numbers());
        long removed = eraseEvents(environment, names.numbers());
        long rejections = rejected.erase(environment, names.texts());
        String erased = customers.erase(environment, id).id();
        // What came in meanwhile still carries its number; from now on its names lead to a new customer.
        removed += eraseEvents(environment, names.numbers());
        // And what was closed meanwhile.
        statements.seal(names.numbers());
        rejections += rejected.erase(environment, names.texts());
        answers.erase(environment, asJson(names.texts()));
        audit.forget(environment, names.texts());
        events.purge();
        control.emptyLog();
        return new Erased(erased, removed, rejections);
    }

    private static Set<String> asJson(Set<String> texts) {
        return texts.stream().map(Json.mapper()::writeValueAsString).collect(Collectors.toSet());
    }

    /**
     * The lines of an export: the customer, those merged into it, aliases, subscriptions with their closed statements, events
     * in the order of arrival, rejections.
     */
    void export(Environment environment, String id, OutputStream out) {
        Customers.Names names = customers.names(environment, id);
        try (JsonGenerator json = LINES.createGenerator(out)) {
            for (ObjectNode line : customers.export(environment, id)) {
                LINES.writeValue(json, line);
            }
            exportSubscriptions(environment, names.numbers(), json);
            exportEvents(environment, names.numbers(), json);
            for (String text : names.texts()) {
                exportRejected(environment, text, json);
            }
            json.writeRaw('\n');
        }
    }

    private long eraseEvents(Environment environment, Set<Long> numbers) {
        long removed = 0;
        while (true) {
            List<KeyHash> keys = page(environment, numbers, null).stream()
                    .map(stored -> stored.event().key())
                    .toList();
            if (keys.isEmpty()) {
                return removed;
            }
            removed += events.delete(environment, keys).join();
        }
    }

    private void exportEvents(Environment environment, Set<Long> numbers, JsonGenerator json) {
        List<StoredEvent> batch = page(environment, numbers, null);
        while (!batch.isEmpty()) {
            Map<Long, CustomerRef> refs = directory.byNumber(numbers);
            for (StoredEvent stored : batch) {
                json.writeStartObject();
                json.writeStringProperty("type", "event");
                json.writeName("event");
                EventAnswers.stored(json, stored, refs.get(stored.event().customer()));
                json.writeEndObject();
            }
            StoredEvent last = batch.getLast();
            batch = page(environment, numbers, new EventQuery.Position(last.ingestedAtMicros(), last.sequence()));
        }
    }

    private void exportSubscriptions(Environment environment, Set<Long> numbers, JsonGenerator json) {
        for (Subscription subscription : subscriptions.ofCustomers(environment, numbers)) {
            Subscriptions.Found found = subscriptions.get(environment, subscription.id());
            line(json, "subscription", SubscriptionView.of(found));
            for (Statement closed : statements.closed(subscription)) {
                CustomerRef customer = found.customer();
                line(
                        json,
                        "statement",
                        StatementView.of(closed, customer.canonicalId(), customer.canonicalExternalId()));
            }
        }
    }

    private static void line(JsonGenerator json, String type, Object content) {
        json.writeStartObject();
        json.writeStringProperty("type", type);
        json.writePOJOProperty(type, content);
        json.writeEndObject();
    }

    private void exportRejected(Environment environment, String customerId, JsonGenerator json) {
        RejectedFilter filter = new RejectedFilter(null, null, null, null, customerId, Period.ALWAYS);
        String cursor = null;
        do {
            Page<RejectedEvent> page = rejected.list(environment, filter, new PageRequest(REJECTED_BATCH, 0, cursor));
            for (RejectedEvent event : page.data()) {
                line(json, "rejected_event", RejectedEventRoutes.View.of(event));
            }
            cursor = page.nextCursor();
        } while (cursor != null);
    }

    private List<StoredEvent> page(Environment environment, Set<Long> numbers, EventQuery.@Nullable Position after) {
        return events.list(
                        environment,
                        new EventQuery(
                                null,
                                numbers,
                                null,
                                null,
                                Period.ALWAYS,
                                Period.ALWAYS,
                                Filter.NONE,
                                EventQuery.Sort.INGESTED_AT,
                                false,
                                BATCH,
                                0,
                                after))
                .events();
    }
}
