package io.meterline.api;

import io.meterline.customer.CustomerRef;
import io.meterline.customer.Resolution;
import io.meterline.event.Decimals;
import io.meterline.event.Event;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.Timestamps;
import io.meterline.ingest.ParsedEvent;
import io.meterline.ingest.Pushed;
import io.meterline.ingest.RefusedEvent;
import io.meterline.store.StoredEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes events as the API shows them, without building anything in between. */
final class EventAnswers {

    private EventAnswers() {}

    /** A created event; its record is repeated as it was sent. */
    static void created(JsonGenerator json, byte[] body, Pushed.Created created) {
        ParsedEvent parsed = created.parsed();
        Resolution.Resolved customer = created.customer();
        json.writeStartObject();
        head(json, parsed.event(), customer.canonicalId(), customer.externalId());
        json.writeName("record");
        json.writeRawValue(new RawJson(body, parsed.recordStart(), parsed.recordEnd()));
        json.writeEndObject();
    }

    /** An event that failed: its place, what of it could be read, and why. */
    static void failed(JsonGenerator json, byte[] body, RefusedEvent refused) {
        json.writeStartObject();
        json.writeNumberProperty("index", refused.index());
        SentFields.copy(json, body, refused);
        json.writeObjectPropertyStart("error");
        json.writeStringProperty("code", refused.error().code().text());
        json.writeStringProperty("message", refused.error().message());
        json.writeStringProperty("path", refused.error().path());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** A stored event; its record begins with its id. */
    static void stored(JsonGenerator json, StoredEvent stored, @Nullable CustomerRef customer) {
        Event event = stored.event();
        json.writeStartObject();
        head(
                json,
                event,
                customer == null ? null : customer.canonicalId(),
                customer == null ? null : customer.canonicalExternalId());
        json.writeObjectPropertyStart("record");
        json.writeName(Property.ID);
        if (event.idIsNumber()) {
            json.writeNumber(event.recordId());
        } else {
            json.writeString(event.recordId());
        }
        for (Property property : event.properties()) {
            json.writeName(property.name());
            value(json, property.value());
        }
        json.writeEndObject();
        json.writeStringProperty("source", event.source().text());
        json.writeStringProperty("ingested_at", Timestamps.text(stored.ingestedAtMicros()));
        json.writeEndObject();
    }

    private static void head(
            JsonGenerator json, Event event, @Nullable String customerId, @Nullable String externalId) {
        json.writeStringProperty("id", event.key().id());
        json.writeStringProperty("event_type", event.eventType());
        json.writeStringProperty("customer_id", customerId);
        json.writeStringProperty("external_customer_id", externalId);
        json.writeStringProperty("timestamp", Timestamps.text(event.timestampMicros()));
        json.writeStringProperty("record_id", event.recordId());
    }

    private static void value(JsonGenerator json, PropertyValue value) {
        switch (value) {
            case PropertyValue.Text text -> json.writeString(text.value());
            case PropertyValue.Number number -> json.writeNumber(Decimals.text(number.value()));
            case PropertyValue.Bool bool -> json.writeBoolean(bool.value());
            case PropertyValue.Null _ -> json.writeNull();
            case PropertyValue.Array array -> {
                json.writeStartArray();
                array.elements().forEach(element -> value(json, element));
                json.writeEndArray();
            }
        }
    }
}
