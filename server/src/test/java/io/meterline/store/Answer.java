package io.meterline.store;

import io.meterline.event.Decimals;
import io.meterline.store.UsageResult.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A figure in a form that can be compared and read: each cell is {@code value/events}, its number in canonical form.
 *
 * @param groups by key; the first cell of each is its total, the others are its windows
 */
record Answer(
        String total,
        List<String> windows,
        Map<List<@Nullable String>, List<String>> groups,
        Map<String, Long> excluded,
        long coerced) {

    static Answer of(UsageResult result) {
        Map<List<@Nullable String>, List<String>> groups = new HashMap<>();
        for (UsageResult.Group group : result.groups()) {
            List<String> cells = new ArrayList<>(List.of(text(group.total())));
            group.windows().forEach(it -> cells.add(text(it)));
            if (groups.put(group.key(), cells) != null) {
                throw new AssertionError("group twice: " + group.key());
            }
        }
        return new Answer(
                text(result.total()),
                result.windows().stream().map(Answer::text).toList(),
                groups,
                result.excluded(),
                result.coerced());
    }

    /** The value, {@code null} when there is none, and the number of events behind a slash. */
    static String text(Cell cell) {
        return value(cell) + "/" + cell.events();
    }

    static String value(Cell cell) {
        return cell.value() == null ? "null" : Decimals.text(cell.value());
    }
}
