package io.meterline.store;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.EventKey;
import io.meterline.event.KeyHash;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events for tests, in a line: {@code event("api_calls").id("1").customer(7).at("2026-01-05T00:00:00Z").with("amount",
 * 2500).build()}.
 *
 * <p>Without further words an event is pushed, live, of customer 1, dated 2026-01-01 and has the text {@code "1"} as id.
 */
public final class TestEvents {

    private TestEvents() {}

    public static Builder event(String eventType) {
        return new Builder(eventType);
    }

    /** Microseconds of an ISO 8601 instant. */
    public static long micros(String instant) {
        return Timestamps.micros(Instant.parse(instant));
    }

    /**
     * A value of the kind that the object suggests: a String is text, an Integer, Long or BigDecimal a number, a
     * Boolean a boolean, null is null, a List an array.
     */
    public static PropertyValue value(@Nullable Object object) {
        return object instanceof List<?> elements
                ? new PropertyValue.Array(
                        elements.stream().map(TestEvents::scalar).toList())
                : scalar(object);
    }

    /** As {@link #value}, without arrays. */
    public static PropertyValue.Scalar scalar(@Nullable Object object) {
        return switch (object) {
            case null -> PropertyValue.Null.NULL;
            case String text -> new PropertyValue.Text(text);
            case Integer number -> new PropertyValue.Number(BigDecimal.valueOf(number));
            case Long number -> new PropertyValue.Number(BigDecimal.valueOf(number));
            case BigDecimal number -> new PropertyValue.Number(number);
            case Boolean bool -> PropertyValue.Bool.of(bool);
            case PropertyValue.Scalar scalar -> scalar;
            default -> throw new IllegalArgumentException("no property value: " + object.getClass());
        };
    }

    /** A number from its plain text. */
    public static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    /** Says step by step what an event is like. */
    public static final class Builder {

        private final String eventType;
        private final List<Property> properties = new ArrayList<>();
        private Environment environment = Environment.LIVE;
        private long customer = 1;
        private long timestampMicros = micros("2026-01-01T00:00:00Z");
        private @Nullable Long load;
        private boolean keyWithCustomer;
        private boolean replace;
        private Source source = Source.PUSH;
        private String recordId = "1";
        private boolean idIsNumber;

        private Builder(String eventType) {
            this.eventType = eventType;
        }

        /** {@code record.id} sent as text. */
        public Builder id(String id) {
            recordId = id;
            idIsNumber = false;
            return this;
        }

        /** {@code record.id} sent as a JSON integer. */
        public Builder id(long id) {
            return numericId(Long.toString(id));
        }

        /** {@code record.id} sent as a JSON integer of any length. */
        public Builder numericId(String digits) {
            recordId = digits;
            idIsNumber = true;
            return this;
        }

        public Builder customer(long number) {
            customer = number;
            return this;
        }

        public Builder at(String instant) {
            return at(micros(instant));
        }

        public Builder at(long micros) {
            timestampMicros = micros;
            return this;
        }

        /** Adds a property; see {@link TestEvents#value} for the kinds. */
        public Builder with(String name, @Nullable Object value) {
            properties.add(new Property(name, value instanceof PropertyValue it ? it : TestEvents.value(value)));
            return this;
        }

        /** Wins whatever its version, as {@code ?replace=true}. */
        public Builder replace() {
            replace = true;
            return this;
        }

        public Builder imported() {
            source = Source.IMPORT;
            return this;
        }

        /** A row of the load with this number, keyed by its id and its customer. */
        public Builder pulled(long loadNumber) {
            source = Source.LOADER;
            load = loadNumber;
            keyWithCustomer = true;
            return this;
        }

        /** A row of the load with this number, keyed by its id alone ({@code identity: "id"}). */
        public Builder pulledById(long loadNumber) {
            source = Source.LOADER;
            load = loadNumber;
            keyWithCustomer = false;
            return this;
        }

        public Builder in(Environment world) {
            environment = world;
            return this;
        }

        public Event build() {
            return new Event(
                    key(),
                    eventType,
                    customer,
                    timestampMicros,
                    load == null ? timestampMicros : load,
                    replace,
                    source,
                    recordId,
                    idIsNumber,
                    properties);
        }

        private KeyHash key() {
            if (source != Source.LOADER) {
                return EventKey.ofPushed(environment, eventType, recordId);
            }
            return keyWithCustomer
                    ? EventKey.ofPulled(environment, eventType, recordId, customer)
                    : EventKey.ofPulled(environment, eventType, recordId);
        }
    }
}
