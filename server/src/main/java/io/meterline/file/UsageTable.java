package io.meterline.file;

import io.meterline.event.PropertyValue;
import io.meterline.event.Timestamps;
import io.meterline.meter.UsageAnswer;
import io.meterline.meter.UsageTerms;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a figure as a table: a row for each group and window, or one for the whole. */
final class UsageTable {

    private static final String EXTERNAL_CUSTOMER = "external_" + UsageTerms.CUSTOMER;

    private final UsageAnswer answer;
    private final boolean forSpreadsheets;
    private final List<String> keys = new ArrayList<>();

    /** Where it is {@code forSpreadsheets} no text is a formula. */
    UsageTable(UsageAnswer answer, List<String> groupBy, boolean forSpreadsheets) {
        this.answer = answer;
        this.forSpreadsheets = forSpreadsheets;
        for (String name : groupBy) {
            keys.add(name);
            if (name.equals(UsageTerms.CUSTOMER)) {
                keys.add(EXTERNAL_CUSTOMER);
            }
        }
    }

    void write(TableWriter table) throws IOException {
        List<TableColumn> columns = new ArrayList<>();
        keys.forEach(key -> columns.add(new TableColumn(text(name(key)), TableColumn.Kind.TEXT)));
        columns.add(new TableColumn("from", TableColumn.Kind.TIME));
        columns.add(new TableColumn("to", TableColumn.Kind.TIME));
        columns.add(new TableColumn("value", TableColumn.Kind.NUMBER));
        columns.add(new TableColumn("events", TableColumn.Kind.NUMBER));
        table.begin(columns);
        if (keys.isEmpty()) {
            rows(table, List.of(), answer.value(), answer.events(), answer.windows());
        }
        for (UsageAnswer.Group group : answer.groups()) {
            List<@Nullable PropertyValue> key = new ArrayList<>();
            for (String name : keys) {
                String value = group.key().get(name);
                key.add(value == null ? null : new PropertyValue.Text(text(value)));
            }
            rows(table, key, group.value(), group.events(), group.windows());
        }
        table.end();
    }

    // A property may be called as one of ours.
    private static String name(String key) {
        return switch (key) {
            case "from", "to", "value", "events" -> FileColumn.RECORD + key;
            default -> key;
        };
    }

    private String text(String text) {
        return forSpreadsheets ? SpreadsheetText.of(text) : text;
    }

    private void rows(
            TableWriter table,
            List<@Nullable PropertyValue> key,
            @Nullable BigDecimal value,
            long events,
            List<UsageAnswer.Window> windows)
            throws IOException {
        if (windows.isEmpty()) {
            row(table, key, answer.from(), answer.to(), value, events);
        }
        for (UsageAnswer.Window window : windows) {
            row(table, key, window.from(), window.to(), window.value(), window.events());
        }
    }

    private static void row(
            TableWriter table,
            List<@Nullable PropertyValue> key,
            @Nullable Instant from,
            Instant to,
            @Nullable BigDecimal value,
            long events)
            throws IOException {
        List<@Nullable PropertyValue> cells = new ArrayList<>(key);
        cells.add(from == null ? null : time(from));
        cells.add(time(to));
        cells.add(value == null ? null : new PropertyValue.Number(value));
        cells.add(new PropertyValue.Number(BigDecimal.valueOf(events)));
        table.row(cells);
    }

    private static PropertyValue time(Instant instant) {
        return new PropertyValue.Text(Timestamps.text(Timestamps.micros(instant)));
    }
}
