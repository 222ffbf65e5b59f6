package io.meterline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.PropertyValue;
import io.meterline.event.Timestamps;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Any valid event comes out of its JSON as it went in, every digit and character of it. */
class RoundTripTest {

    private static final JsonFactory JSON = new JsonFactory();

    @Property(tries = 500)
    void aValidEventSurvivesItsJson(
            @ForAll("texts") String id,
            @ForAll("types") String type,
            @ForAll @LongRange(min = 0, max = 1_769_000_000_000_000L) long micros,
            @ForAll @Size(max = 24) List<@From("values") PropertyValue> values) {
        // When
        Batch batch = Parsing.parser().one(json("x" + id, type, micros, values));

        // Then
        assertThat(batch.refused()).isEmpty();
        ParsedEvent parsed = batch.events().getFirst();
        assertThat(parsed.event().recordId()).isEqualTo("x" + id);
        assertThat(parsed.event().eventType()).isEqualTo(type);
        assertThat(parsed.event().timestampMicros()).isEqualTo(micros);
        assertThat(parsed.event().properties())
                .extracting(io.meterline.event.Property::value)
                .isEqualTo(values);
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .withChars('_', '-', '.', ':')
                .ofMinLength(1)
                .ofMaxLength(128);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\u0001', '\uD7FF')
                .withCharRange('\uE000', '\uFFFF')
                .ofMaxLength(40)
                .map(text -> text + (text.length() % 3 == 0 ? "\uD83D\uDE00" : ""));
    }

    @Provide
    Arbitrary<PropertyValue> values() {
        return Arbitraries.oneOf(scalars(), scalars().list().ofMaxSize(5).map(PropertyValue.Array::new));
    }

    private Arbitrary<PropertyValue.Scalar> scalars() {
        BigDecimal largest = new BigDecimal("99999999999999999999.999999999999999999");
        return Arbitraries.oneOf(
                texts().map(PropertyValue.Text::new),
                Arbitraries.bigDecimals()
                        .between(largest.negate(), largest)
                        .ofScale(18)
                        .map(PropertyValue.Number::new),
                Arbitraries.integers().map(number -> new PropertyValue.Number(BigDecimal.valueOf(number))),
                Arbitraries.of(PropertyValue.Bool.TRUE, PropertyValue.Bool.FALSE),
                Arbitraries.just(PropertyValue.Null.NULL));
    }

    private static byte[] json(String id, String type, long micros, List<PropertyValue> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("customer_id", "acme");
            json.writeStringProperty("event_type", type);
            json.writeStringProperty("timestamp", Timestamps.text(micros));
            json.writeObjectPropertyStart("record");
            for (int i = 0; i < values.size(); i++) {
                json.writeName("p" + i);
                write(json, values.get(i));
            }
            json.writeStringProperty("id", id);
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, PropertyValue value) {
        switch (value) {
            case PropertyValue.Text text -> json.writeString(text.value());
            case PropertyValue.Number number -> json.writeNumber(number.value());
            case PropertyValue.Bool bool -> json.writeBoolean(bool.value());
            case PropertyValue.Null _ -> json.writeNull();
            case PropertyValue.Array array -> {
                json.writeStartArray();
                array.elements().forEach(element -> write(json, element));
                json.writeEndArray();
            }
        }
    }
}
