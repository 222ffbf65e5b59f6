package io.meterline.file;

import io.meterline.event.PropertyValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes each row as a line of JSON. */
final class JsonTable implements TableWriter {

    private final OutputStream out;
    private List<TableColumn> columns = List.of();

    JsonTable(OutputStream out) {
        this.out = out;
    }

    @Override
    public void begin(List<TableColumn> named) {
        columns = List.copyOf(named);
    }

    @Override
    public void row(List<? extends @Nullable PropertyValue> cells) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = ValueJson.JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            for (int i = 0; i < cells.size(); i++) {
                json.writeName(columns.get(i).name());
                PropertyValue value = cells.get(i);
                ValueJson.write(json, value == null ? PropertyValue.Null.NULL : value);
            }
            json.writeEndObject();
        }
        line.write('\n');
        line.writeTo(out);
    }

    @Override
    public void end() {}

    @Override
    public void close() {}
}
