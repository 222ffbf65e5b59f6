package io.meterline.ingest;

import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one record after another: the flat object with an id. Paths of errors start inside the record. */
final class RecordJson {

    // A long holds every integer of so many characters, sign included.
    private static final int LONG_DIGITS = 18;
    // An array of more elements than this passes the size of an event: one digit and one comma each.
    private static final int MAX_ELEMENTS = RecordRules.MAX_EVENT_BYTES / 2;

    private final NumberRules numbers;
    private final List<Property> properties = new ArrayList<>(RecordRules.MAX_PROPERTIES);
    private @Nullable String id;
    private boolean idIsNumber;

    RecordJson(NumberRules numbers) {
        this.numbers = numbers;
    }

    /** Reads from the record's opening to its closing brace. */
    void read(JsonParser parser) {
        properties.clear();
        id = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            try {
                property(name, value, parser);
            } catch (InvalidEventException e) {
                throw e.under(shown(name));
            }
        }
        if (id == null) {
            throw new InvalidEventException(EventErrorCode.MISSING_FIELD, Property.ID);
        }
    }

    /** The id of the record just read. */
    String id() {
        if (id == null) {
            throw new IllegalStateException("no record was read");
        }
        return id;
    }

    boolean idIsNumber() {
        return idIsNumber;
    }

    /** The properties of the record just read, without its id, in the order sent. */
    List<Property> properties() {
        return properties;
    }

    private void property(String name, JsonToken token, JsonParser parser) {
        if (name.equals(Property.ID)) {
            if (id != null) {
                throw new InvalidEventException(EventErrorCode.DUPLICATE_FIELD, "");
            }
            id = recordId(token, parser);
            return;
        }
        RecordRules.name(name);
        // The id has a place of its own, whether it has been read yet or not.
        RecordRules.count(properties.size() + 2);
        for (int i = 0; i < properties.size(); i++) {
            if (properties.get(i).name().equals(name)) {
                throw new InvalidEventException(EventErrorCode.DUPLICATE_FIELD, "");
            }
        }
        properties.add(new Property(name, value(token, parser)));
    }

    private String recordId(JsonToken token, JsonParser parser) {
        return switch (token) {
            case VALUE_STRING -> {
                idIsNumber = false;
                yield RecordRules.recordId(text(parser));
            }
            case VALUE_NUMBER_INT -> {
                idIsNumber = true;
                String digits = text(parser);
                yield digits.equals("-0") ? "0" : digits;
            }
            case VALUE_NULL -> throw new InvalidEventException(EventErrorCode.MISSING_FIELD, "");
            default -> throw new InvalidEventException(EventErrorCode.INVALID_RECORD_ID, "");
        };
    }

    private PropertyValue value(JsonToken token, JsonParser parser) {
        return switch (token) {
            case START_OBJECT -> throw new InvalidEventException(EventErrorCode.NESTED_OBJECT, "");
            case START_ARRAY -> array(parser);
            default -> scalar(token, parser);
        };
    }

    private PropertyValue.Array array(JsonParser parser) {
        List<PropertyValue.Scalar> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            try {
                elements.add(element(token, parser));
            } catch (InvalidEventException e) {
                throw e.under("[" + elements.size() + "]");
            }
            if (elements.size() > MAX_ELEMENTS) {
                throw new InvalidEventException(EventErrorCode.EVENT_TOO_LARGE, "");
            }
        }
        return new PropertyValue.Array(elements);
    }

    private PropertyValue.Scalar element(JsonToken token, JsonParser parser) {
        return switch (token) {
            case START_OBJECT -> throw new InvalidEventException(EventErrorCode.ARRAY_OF_OBJECTS, "");
            case START_ARRAY -> throw new InvalidEventException(EventErrorCode.NESTED_ARRAY, "");
            default -> scalar(token, parser);
        };
    }

    private PropertyValue.Scalar scalar(JsonToken token, JsonParser parser) {
        return switch (token) {
            case VALUE_STRING -> new PropertyValue.Text(text(parser));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new PropertyValue.Number(number(token, parser));
            case VALUE_TRUE -> PropertyValue.Bool.TRUE;
            case VALUE_FALSE -> PropertyValue.Bool.FALSE;
            case VALUE_NULL -> PropertyValue.Null.NULL;
            default -> throw new IllegalStateException("no value starts with " + token);
        };
    }

    private BigDecimal number(JsonToken token, JsonParser parser) {
        int length = parser.getStringLength();
        return token == JsonToken.VALUE_NUMBER_INT && length <= LONG_DIGITS
                ? BigDecimal.valueOf(parser.getLongValue())
                : numbers.parse(parser.getStringCharacters(), parser.getStringOffset(), length);
    }

    private static String text(JsonParser parser) {
        // Before the text is built: it may be as long as the whole body.
        if (parser.getStringLength() > RecordRules.MAX_TEXT_BYTES) {
            throw new InvalidEventException(EventErrorCode.STRING_TOO_LONG, "");
        }
        return RecordRules.text(parser.getString());
    }

    private static String shown(String name) {
        return name.length() > RecordRules.MAX_NAME_LENGTH ? name.substring(0, 100) + "…" : name;
    }
}
