package io.meterline.loader;

import io.meterline.customer.CreatePolicy;
import io.meterline.customer.CustomerReference;
import io.meterline.customer.Resolution;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.EventKey;
import io.meterline.event.KeyHash;
import io.meterline.event.Source;
import io.meterline.ingest.EventErrorCode;
import io.meterline.loader.LoaderDraft.Identity;
import io.meterline.store.EventWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the rows of one run into events: room in the store, the customer's number, the key. For one thread. */
final class EventMaker {

    private static final int MAX_CUSTOMERS = 50_000;

    private final LoadTools tools;
    private final Environment environment;
    private final String eventType;
    private final Identity identity;
    private final long loadNumber;
    private final Shapes shapes;
    private final Map<String, Resolution> customers = new HashMap<>();
    private long customersCreated;

    EventMaker(LoadTools tools, Loader loader, long loadNumber, int properties) {
        this.tools = tools;
        this.environment = loader.environment();
        this.eventType = loader.draft().eventType();
        this.identity = loader.draft().identity();
        this.loadNumber = loadNumber;
        this.shapes = new Shapes(properties);
    }

    long customersCreated() {
        return customersCreated;
    }

    /** Throws {@link BadRowException} when the store has no room for a property. Comes before the customer is made. */
    void requireRoom(PulledRow row) {
        if (!shapes.isNew(row.properties())) {
            return;
        }
        EventWriter.@Nullable Limit limit = tools.events().admit(environment, event(row, 0));
        if (limit == null) {
            shapes.add(row.properties());
            return;
        }
        EventErrorCode code = switch (limit) {
            case TOO_MANY_EVENT_TYPES -> EventErrorCode.TOO_MANY_EVENT_TYPES;
            case TOO_MANY_PROPERTIES -> EventErrorCode.TOO_MANY_PROPERTIES;
        };
        throw new BadRowException(code.text(), "", code.sentence());
    }

    /** Finds the customers of a batch that this run has not met yet, in one question. */
    void meet(List<PulledRow> batch) {
        if (customers.size() > MAX_CUSTOMERS) {
            customers.clear();
        }
        Map<String, CustomerReference> unknown = new HashMap<>();
        for (PulledRow row : batch) {
            if (!customers.containsKey(row.customer())) {
                unknown.putIfAbsent(row.customer(), new CustomerReference(row.customer(), row.customerName()));
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        Map<String, Resolution> found = tools.customers().resolve(environment, unknown.values(), CreatePolicy.CREATE);
        customers.putAll(found);
        for (Resolution resolution : found.values()) {
            customersCreated += resolution instanceof Resolution.Resolved resolved && resolved.created() ? 1 : 0;
        }
    }

    /** Throws {@link BadRowException} when the row's customer was refused. */
    Event event(PulledRow row) {
        return switch (customers.get(row.customer())) {
            case Resolution.Resolved resolved -> event(row, resolved.number());
            case Resolution.Refused refused ->
                throw new BadRowException(refused.code(), ResultShape.CUSTOMER, refused.message());
            case null -> throw new IllegalStateException("the row's batch was not met");
        };
    }

    private Event event(PulledRow row, long customer) {
        KeyHash key = switch (identity) {
            case ID -> EventKey.ofPulled(environment, eventType, row.id());
            case ID_AND_CUSTOMER -> EventKey.ofPulled(environment, eventType, row.id(), customer);
        };
        return new Event(
                key,
                eventType,
                customer,
                row.timestampMicros(),
                loadNumber,
                false,
                Source.LOADER,
                row.id(),
                row.idIsNumber(),
                row.properties());
    }
}
