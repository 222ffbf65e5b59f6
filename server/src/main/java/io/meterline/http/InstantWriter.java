package io.meterline.http;

import io.meterline.event.Timestamps;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes a time as every time is written: UTC, {@code Z}, cut to microseconds. */
final class InstantWriter extends ValueSerializer<Instant> {

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
        out.writeString(Timestamps.text(Timestamps.micros(value)));
    }
}
