package io.meterline.console.loader;

import io.meterline.console.Pager;
import io.meterline.console.Tab;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that were imported, the newest first.
 *
 * @param action where a file is sent
 * @param fault why the last one was not taken; null for none
 */
public record ImportList(
        List<Import> imports,
        @Nullable Pager pager,
        List<Tab> tabs,
        String action,
        String rowsPath,
        @Nullable String fault,
        String curl) {

    /** How soon to look again; null for not at all. */
    public @Nullable String pace() {
        return imports.stream().anyMatch(Import::active) ? "every 1s" : null;
    }
}
