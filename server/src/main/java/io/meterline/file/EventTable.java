package io.meterline.file;

import io.meterline.event.Event;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import io.meterline.store.EventScan;
import io.meterline.store.EventTypeSummary;
import io.meterline.store.StoredEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes events as a table that an import reads again. A property that is null is the same there as one that is missing. */
final class EventTable implements EventScan.Sink {

    private static final int MAX_COLUMNS = 5_000;
    private static final int FIXED = 4;
    private static final int NONE = -1;

    private final TableWriter table;
    private final CustomerNames customers;
    private final boolean typed;
    private final Runnable begun;
    private final Map<String, Place> places = new HashMap<>();
    private int width = FIXED;

    /**
     * @param typed whether a column holds values of one kind only; a property of several is then written as JSON
     * @param begun told when the first line is written
     */
    EventTable(TableWriter table, CustomerNames customers, boolean typed, Runnable begun) {
        this.table = table;
        this.customers = customers;
        this.typed = typed;
        this.begun = begun;
    }

    /** The columns of a property, or {@value #NONE}: for arrays and what is written like them, and for the rest. */
    private record Place(int plain, int json) {}

    @Override
    public void begin(Map<String, Set<EventTypeSummary.Kind>> properties) {
        List<TableColumn> columns = new ArrayList<>(List.of(
                new TableColumn("timestamp", TableColumn.Kind.TIME),
                new TableColumn("event_type", TableColumn.Kind.TEXT),
                new TableColumn("customer_id", TableColumn.Kind.TEXT),
                new TableColumn(FileColumn.ID, TableColumn.Kind.TEXT)));
        properties.forEach((name, kinds) -> places.put(name, place(name, kinds, columns)));
        width = columns.size();
        if (width > MAX_COLUMNS) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "too_many_columns",
                    "The events have " + width + " columns in all. Export one event_type at a time, or NDJSON.");
        }
        try {
            table.begin(columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begun.run();
    }

    @Override
    public void end() {
        try {
            table.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Place place(String name, Set<EventTypeSummary.Kind> kinds, List<TableColumn> columns) {
        Set<EventTypeSummary.Kind> plain = EnumSet.noneOf(EventTypeSummary.Kind.class);
        plain.addAll(kinds);
        boolean hasJson = plain.remove(EventTypeSummary.Kind.ARRAY);
        if (typed && plain.size() > 1) {
            plain.clear();
            hasJson = true;
        }
        int plainAt = NONE;
        if (!plain.isEmpty()) {
            plainAt = columns.size();
            columns.add(new TableColumn(
                    FileColumn.RECORD + name, kind(plain.iterator().next())));
        }
        int jsonAt = NONE;
        if (hasJson) {
            jsonAt = columns.size();
            columns.add(new TableColumn(FileColumn.RECORD_JSON + name, TableColumn.Kind.JSON));
        }
        return new Place(plainAt, jsonAt);
    }

    private static TableColumn.Kind kind(EventTypeSummary.Kind kind) {
        return switch (kind) {
            case TEXT -> TableColumn.Kind.TEXT;
            case NUMBER -> TableColumn.Kind.NUMBER;
            case BOOLEAN -> TableColumn.Kind.BOOLEAN;
            case ARRAY -> TableColumn.Kind.JSON;
        };
    }

    @Override
    public void accept(StoredEvent stored) {
        Event event = stored.event();
        @Nullable PropertyValue[] cells = new PropertyValue[width];
        cells[0] = new PropertyValue.Text(Timestamps.text(event.timestampMicros()));
        cells[1] = new PropertyValue.Text(event.eventType());
        cells[2] = customers.of(event.customer());
        cells[3] = event.idIsNumber()
                ? new PropertyValue.Number(new BigDecimal(event.recordId()))
                : new PropertyValue.Text(event.recordId());
        for (Property property : event.properties()) {
            if (property.value() != PropertyValue.Null.NULL) {
                Place place = places.getOrDefault(property.name(), new Place(NONE, NONE));
                boolean json = place.plain() == NONE || property.value() instanceof PropertyValue.Array;
                cells[json ? place.json() : place.plain()] = property.value();
            }
        }
        try {
            table.row(Arrays.asList(cells));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
