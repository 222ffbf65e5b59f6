package io.meterline.loader;

import io.meterline.event.PropertyValue;
import io.meterline.loader.source.Column;
import java.util.List;

/**
 * What a query would give a loader.
 *
 * @param rows the first few rows, a cell for each column; one that no property can hold is shown as the source's text
 * @param tookMillis how long the sample took, with opening the connection
 */
public record Preview(List<Check> checks, List<Column> columns, List<List<PropertyValue>> rows, long tookMillis) {

    public Preview {
        checks = List.copyOf(checks);
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** True when a loader with this query would have every column that it needs. */
    public boolean ok() {
        return checks.stream().allMatch(Check::ok);
    }
}
