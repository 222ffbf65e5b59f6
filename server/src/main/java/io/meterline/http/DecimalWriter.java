package io.meterline.http;

import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes a decimal as a string, since a reader's JSON library may hold numbers in floats. */
final class DecimalWriter extends ValueSerializer<BigDecimal> {

    @Override
    public void serialize(BigDecimal value, JsonGenerator out, SerializationContext context) {
        out.writeString(value.toPlainString());
    }
}
