package io.meterline.file;

import io.meterline.event.Event;
import io.meterline.event.Property;
import io.meterline.event.Timestamps;
import io.meterline.store.EventScan;
import io.meterline.store.EventTypeSummary;
import io.meterline.store.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes events as the push API takes them, one a line. */
final class EventJsonLines implements EventScan.Sink {

    private final OutputStream out;
    private final CustomerNames customers;
    private final Runnable begun;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    EventJsonLines(OutputStream out, CustomerNames customers, Runnable begun) {
        this.out = out;
        this.customers = customers;
        this.begun = begun;
    }

    @Override
    public void begin(Map<String, Set<EventTypeSummary.Kind>> properties) {
        begun.run();
    }

    @Override
    public void end() {}

    @Override
    public void accept(StoredEvent stored) {
        Event event = stored.event();
        line.reset();
        try (JsonGenerator json = ValueJson.JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            json.writeStringProperty(
                    "customer_id", customers.of(event.customer()).value());
            json.writeStringProperty("event_type", event.eventType());
            json.writeStringProperty("timestamp", Timestamps.text(event.timestampMicros()));
            json.writeObjectPropertyStart("record");
            json.writeName(Property.ID);
            if (event.idIsNumber()) {
                json.writeNumber(event.recordId());
            } else {
                json.writeString(event.recordId());
            }
            for (Property property : event.properties()) {
                json.writeName(property.name());
                ValueJson.write(json, property.value());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        line.write('\n');
        try {
            line.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
