package io.meterline.console.overview;

import io.meterline.console.Formats;
import io.meterline.console.Island;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many events of each type there were, hour by hour or day by day.
 *
 * @param hours of a day, in place of days of a month
 * @param columns windows, the first first
 * @param types whose events they count, the most first
 * @param others how many types are left out
 */
public record UsageChart(boolean hours, List<Column> columns, List<String> types, int others) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);

    /**
     * A window.
     *
     * @param href its events
     * @param values by type
     */
    public record Column(Instant from, String href, List<BigDecimal> values) {

        public BigDecimal total() {
            return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    public String label(Column column) {
        return (hours ? HOUR : DAY).format(column.from().atOffset(ZoneOffset.UTC));
    }

    public BigDecimal total() {
        return columns.stream().map(Column::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public Island island() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("unit", "events");
        List<Object> windows = new ArrayList<>();
        for (Column column : columns) {
            String title = (hours ? LONG : DAY).format(column.from().atOffset(ZoneOffset.UTC));
            windows.add(Map.of(
                    "label",
                    label(column),
                    "title",
                    title + " UTC · " + Formats.number(column.total()),
                    "href",
                    column.href()));
        }
        data.put("windows", windows);
        List<Object> series = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            int type = i;
            series.add(Map.of(
                    "name",
                    types.get(i),
                    "values",
                    columns.stream()
                            .map(column -> column.values().get(type).toPlainString())
                            .toList()));
        }
        data.put("series", series);
        return new Island(JSON.writeValueAsString(data));
    }
}
