package io.meterline.store.log;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Every change is read as it was written. */
final class ChangeCodecTest {

    @net.jqwik.api.Property(tries = 300)
    void appendIsReadAsItWasWritten(@ForAll("events") List<Event> events, @ForAll Environment environment) {
        Change change = new Change.Append(environment, events);
        assertThat(ChangeCodec.decode(ByteBuffer.wrap(ChangeCodec.encode(change))))
                .isEqualTo(change);
    }

    @net.jqwik.api.Property(tries = 100)
    void deleteIsReadAsItWasWritten(@ForAll("keys") List<KeyHash> keys, @ForAll Environment environment) {
        Change change = new Change.Delete(environment, keys);
        assertThat(ChangeCodec.decode(ByteBuffer.wrap(ChangeCodec.encode(change))))
                .isEqualTo(change);
    }

    @Example
    void fingerprintKnowsNoOrderButEveryValue() {
        Event event = event("t").pulled(1).with("a", 1).with("b", "x").build();

        assertThat(Fingerprint.of(
                        event("t").pulled(9).with("b", "x").with("a", 1).build()))
                .isEqualTo(Fingerprint.of(event));
        assertThat(Fingerprint.of(
                        event("t").pulled(1).with("a", "1").with("b", "x").build()))
                .isNotEqualTo(Fingerprint.of(event));
        assertThat(Fingerprint.of(event("t")
                        .pulled(1)
                        .customer(2)
                        .with("a", 1)
                        .with("b", "x")
                        .build()))
                .isNotEqualTo(Fingerprint.of(event));
    }

    @Provide
    Arbitrary<List<KeyHash>> keys() {
        return key().list().ofMaxSize(300);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Event> event = Combinators.combine(
                        key(),
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(128),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.of(Source.class),
                        Arbitraries.strings().ofMaxLength(200),
                        properties())
                .as((key, type, customer, timestamp, version, source, id, properties) -> new Event(
                        key,
                        type,
                        customer,
                        timestamp,
                        version,
                        (version & 1) == 0,
                        source,
                        id,
                        (customer & 1) == 0,
                        properties));
        return event.list().ofMaxSize(8);
    }

    private static Arbitrary<KeyHash> key() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(KeyHash::new);
    }

    private static Arbitrary<List<Property>> properties() {
        Arbitrary<PropertyValue> array = scalar().list().ofMaxSize(5).map(PropertyValue.Array::new);
        Arbitrary<PropertyValue> value = Arbitraries.oneOf(scalar().map(it -> it), array);
        return Combinators.combine(Arbitraries.strings().ofMinLength(1).ofMaxLength(20), value)
                .as(Property::new)
                .list()
                .ofMaxSize(25)
                .uniqueElements(Property::name);
    }

    private static Arbitrary<PropertyValue.Scalar> scalar() {
        Arbitrary<PropertyValue.Scalar> number = Combinators.combine(
                        Arbitraries.bigIntegers().between(BigInteger.TEN.pow(38).negate(), BigInteger.TEN.pow(38)),
                        Arbitraries.integers().between(-20, 18))
                .as((unscaled, scale) -> new PropertyValue.Number(new BigDecimal(unscaled, scale)));
        Arbitrary<PropertyValue.Scalar> text = Arbitraries.strings()
                .all()
                .ofMaxLength(200)
                .map(it -> {
                    // Half a surrogate pair is no text; the door refuses it.
                    String whole = it.codePoints()
                            .filter(c -> c < 0xD800 || c > 0xDFFF)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString();
                    return new PropertyValue.Text(whole);
                });
        return Arbitraries.oneOf(
                number,
                text,
                Arbitraries.of(PropertyValue.Null.NULL, PropertyValue.Bool.TRUE, PropertyValue.Bool.FALSE));
    }
}
