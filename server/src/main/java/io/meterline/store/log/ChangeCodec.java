package io.meterline.store.log;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Changes as bytes. The first byte is the kind of change, which also tells versions of the format apart. */
public final class ChangeCodec {

    private static final int APPEND = 1;
    private static final int DELETE = 2;

    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int TEXT = 3;
    private static final int SMALL_NUMBER = 4;
    private static final int BIG_NUMBER = 5;
    private static final int ARRAY = 6;

    private static final int EXPECTED_EVENT_BYTES = 256;

    private ChangeCodec() {}

    public static byte[] encode(Change change) {
        Encoder out = new Encoder(16 + change.size() * EXPECTED_EVENT_BYTES);
        switch (change) {
            case Change.Append append -> {
                out.putByte(APPEND);
                out.putByte(append.environment().code());
                out.putSize(append.events().size());
                for (Event event : append.events()) {
                    encode(event, out);
                }
            }
            case Change.Delete delete -> {
                out.putByte(DELETE);
                out.putByte(delete.environment().code());
                out.putSize(delete.keys().size());
                for (KeyHash key : delete.keys()) {
                    encode(key, out);
                }
            }
        }
        return out.toBytes();
    }

    /** Throws {@code IllegalArgumentException} for bytes that are no change. */
    public static Change decode(ByteBuffer bytes) {
        Decoder in = new Decoder(bytes);
        int kind = in.readByte();
        Environment environment = environment((char) in.readByte());
        int size = in.readSize();
        return switch (kind) {
            case APPEND -> {
                List<Event> events = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    events.add(decodeEvent(in));
                }
                yield new Change.Append(environment, events);
            }
            case DELETE -> {
                List<KeyHash> keys = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    keys.add(new KeyHash(in.readLong(), in.readLong()));
                }
                yield new Change.Delete(environment, keys);
            }
            default ->
                throw new IllegalArgumentException("no change of kind " + kind + ": written by a later version?");
        };
    }

    private static void encode(Event event, Encoder out) {
        encode(event.key(), out);
        out.putText(event.eventType());
        out.putLong(event.version());
        out.putByte(event.source().code());
        out.putByte(event.replace() ? 1 : 0);
        encodeContent(event, event.properties(), out);
    }

    /** What an event says, without what it is and which version: customer, time and record. */
    static void encodeContent(Event event, List<Property> properties, Encoder out) {
        out.putLong(event.customer());
        out.putLong(event.timestampMicros());
        out.putByte(event.idIsNumber() ? 1 : 0);
        out.putText(event.recordId());
        out.putSize(properties.size());
        for (Property property : properties) {
            out.putText(property.name());
            encode(property.value(), out);
        }
    }

    private static Event decodeEvent(Decoder in) {
        KeyHash key = new KeyHash(in.readLong(), in.readLong());
        String eventType = in.readText();
        long version = in.readLong();
        Source source = Source.ofCode((char) in.readByte());
        boolean replace = in.readByte() != 0;
        long customer = in.readLong();
        long timestamp = in.readLong();
        boolean idIsNumber = in.readByte() != 0;
        String recordId = in.readText();
        int size = in.readSize();
        List<Property> properties = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            properties.add(new Property(in.readText(), decodeValue(in)));
        }
        return new Event(
                key, eventType, customer, timestamp, version, replace, source, recordId, idIsNumber, properties);
    }

    private static void encode(KeyHash key, Encoder out) {
        out.putLong(key.high());
        out.putLong(key.low());
    }

    private static void encode(PropertyValue value, Encoder out) {
        switch (value) {
            case PropertyValue.Null ignored -> out.putByte(NULL);
            case PropertyValue.Bool bool -> out.putByte(bool.value() ? TRUE : FALSE);
            case PropertyValue.Text text -> {
                out.putByte(TEXT);
                out.putText(text.value());
            }
            case PropertyValue.Number number -> encode(number.value(), out);
            case PropertyValue.Array array -> {
                out.putByte(ARRAY);
                out.putSize(array.elements().size());
                for (PropertyValue.Scalar element : array.elements()) {
                    encode(element, out);
                }
            }
        }
    }

    private static void encode(BigDecimal number, Encoder out) {
        BigInteger unscaled = number.unscaledValue();
        if (unscaled.bitLength() < Long.SIZE) {
            out.putByte(SMALL_NUMBER);
            out.putByte(number.scale());
            out.putLong(unscaled.longValue());
        } else {
            out.putByte(BIG_NUMBER);
            out.putByte(number.scale());
            out.putBytes(unscaled.toByteArray());
        }
    }

    private static PropertyValue decodeValue(Decoder in) {
        int tag = in.readByte();
        if (tag != ARRAY) {
            return decodeScalar(tag, in);
        }
        int size = in.readSize();
        List<PropertyValue.Scalar> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(decodeScalar(in.readByte(), in));
        }
        return new PropertyValue.Array(elements);
    }

    private static PropertyValue.Scalar decodeScalar(int tag, Decoder in) {
        return switch (tag) {
            case NULL -> PropertyValue.Null.NULL;
            case FALSE -> PropertyValue.Bool.FALSE;
            case TRUE -> PropertyValue.Bool.TRUE;
            case TEXT -> new PropertyValue.Text(in.readText());
            case SMALL_NUMBER -> {
                int scale = in.readByte();
                yield new PropertyValue.Number(BigDecimal.valueOf(in.readLong(), scale));
            }
            case BIG_NUMBER -> {
                int scale = in.readByte();
                yield new PropertyValue.Number(new BigDecimal(new BigInteger(in.readBytes()), scale));
            }
            default -> throw new IllegalArgumentException("no value has the tag " + tag);
        };
    }

    private static Environment environment(char code) {
        for (Environment environment : Environment.values()) {
            if (environment.code() == code) {
                return environment;
            }
        }
        throw new IllegalArgumentException("no environment has the code " + (int) code);
    }
}
