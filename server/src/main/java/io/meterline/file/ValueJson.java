package io.meterline.file;

import io.meterline.event.Decimals;
import io.meterline.event.PropertyValue;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Values as JSON, numbers with all their digits. */
final class ValueJson {

    static final JsonFactory JSON = new JsonFactory();

    private ValueJson() {}

    static String text(PropertyValue value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, value);
        }
        return text.toString();
    }

    static void write(JsonGenerator json, PropertyValue value) {
        switch (value) {
            case PropertyValue.Text text -> json.writeString(text.value());
            case PropertyValue.Number number -> json.writeNumber(Decimals.text(number.value()));
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
