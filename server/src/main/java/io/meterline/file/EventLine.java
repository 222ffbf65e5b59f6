package io.meterline.file;

import io.meterline.event.Property;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes rows of a CSV or Parquet file as events in JSON. */
final class EventLine {

    private static final JsonFactory JSON = new JsonFactory();

    private final List<FileColumn> columns;

    EventLine(List<FileColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Adds a row to the chunk. */
    void write(Chunk chunk, long line, List<Cell> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i) instanceof Cell.Unusable(String code, String message)) {
                String path = columns.get(i).path();
                chunk.fault(new LineError(line, code, path, message), raw(cells));
                return;
            }
        }
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), chunk)) {
            json.writeStartObject();
            for (int i = 0; i < cells.size(); i++) {
                FileColumn column = columns.get(i);
                if (!isProperty(column)) {
                    write(json, column.header(), cells.get(i));
                }
            }
            json.writeObjectPropertyStart("record");
            for (int i = 0; i < cells.size(); i++) {
                FileColumn column = columns.get(i);
                if (isProperty(column)) {
                    write(json, column.property(), cells.get(i));
                }
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        chunk.end(line);
    }

    private static boolean isProperty(FileColumn column) {
        return switch (column.role()) {
            case PROPERTY, JSON_PROPERTY -> true;
            case TIMESTAMP, EVENT_TYPE, CUSTOMER_ID -> false;
        };
    }

    private static void write(JsonGenerator json, String name, Cell cell) {
        switch (cell) {
            case Cell.Absent _ -> {}
            case Cell.Text(String text) -> json.writeStringProperty(name, text);
            case Cell.Json(String value) -> {
                json.writeName(name);
                json.writeRawValue(value);
            }
            case Cell.Unusable _ -> throw new IllegalStateException("such a row is set aside");
        }
    }

    private String raw(List<Cell> cells) {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String text = switch (cells.get(i)) {
                case Cell.Absent _ -> "";
                case Cell.Text(String value) -> value;
                case Cell.Json(String value) -> value;
                case Cell.Unusable _ -> "?";
            };
            raw.append(i == 0 ? "" : ", ")
                    .append(columns.get(i).header())
                    .append(": ")
                    .append(text);
        }
        return raw.toString();
    }

    /** The cell of a JSON column: its text when that is one JSON value, {@link Cell.Unusable} otherwise. */
    static Cell ofJson(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first != null) {
                parser.skipChildren();
                parser.finishToken();
                if (parser.nextToken() == null) {
                    return new Cell.Json(text);
                }
            }
        } catch (JacksonException e) {
            // The same as text behind the value.
        }
        return new Cell.Unusable(
                "invalid_json", "A column " + FileColumn.RECORD_JSON + Property.ID + " and the like holds JSON.");
    }
}
