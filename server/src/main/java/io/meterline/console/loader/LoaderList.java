package io.meterline.console.loader;

import io.meterline.console.Pager;
import io.meterline.console.Tab;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data loaders of an environment.
 *
 * @param rowsPath where the rows are as they stand then
 */
public record LoaderList(
        List<Row> rows, boolean anyConnection, @Nullable Pager pager, List<Tab> tabs, String rowsPath, String curl) {

    /** A loader and where it reads. */
    public record Row(Loader loader, String source, String kind) {}

    /** How soon to look again. */
    public String pace() {
        return rows.stream().anyMatch(row -> row.loader().active()) ? "every 2s" : "every 15s";
    }
}
