package io.meterline.loader;

import io.meterline.event.Property;
import io.meterline.event.Timestamps;
import io.meterline.ingest.EventErrorCode;
import io.meterline.ingest.Rejection;
import io.meterline.loader.source.RowStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes rows that broke a rule down, as they are kept among the rejected events: an object of texts by column. */
final class SetAside {

    // As many characters are at most so many bytes; a cell may be a gigabyte.
    private static final int MAX_CELL = 8 * 1024;

    private final String eventType;

    SetAside(String eventType) {
        this.eventType = eventType;
    }

    /** The row that the stream stands on. */
    Rejection current(RowStream rows, ResultShape shape, BadRowException reason) {
        Map<String, @Nullable String> cells = new LinkedHashMap<>();
        for (int i = 0; i < rows.columns().size(); i++) {
            cells.put(rows.columns().get(i).name(), rows.text(i));
        }
        return rejection(reason, rows.text(shape.customer()), cells);
    }

    /** A row that was read well and was refused later. */
    Rejection read(PulledRow row, BadRowException reason) {
        Map<String, @Nullable String> cells = new LinkedHashMap<>();
        cells.put(ResultShape.ID, row.id());
        cells.put(ResultShape.CUSTOMER, row.customer());
        cells.put(ResultShape.TIMESTAMP, Timestamps.text(row.timestampMicros()));
        for (Property property : row.properties()) {
            cells.put(property.name(), Values.text(property.value()));
        }
        return rejection(reason, row.customer(), cells);
    }

    private Rejection rejection(
            BadRowException reason, @Nullable String customer, Map<String, @Nullable String> cells) {
        boolean complete = true;
        for (Map.Entry<String, @Nullable String> cell : cells.entrySet()) {
            String text = cell.getValue();
            if (text != null && text.length() > MAX_CELL) {
                cell.setValue(text.substring(0, MAX_CELL));
                complete = false;
            }
        }
        String json = JsonMapper.shared().writeValueAsString(cells);
        // For what it cuts off; its own codes are those of pushed events.
        Rejection whole = Rejection.of(EventErrorCode.INVALID_RECORD.at(reason.path()), eventType, customer, json);
        return new Rejection(
                reason.code(),
                reason.path(),
                reason.sentence(),
                eventType,
                customer,
                whole.raw(),
                complete && whole.complete());
    }
}
