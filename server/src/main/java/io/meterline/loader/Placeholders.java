package io.meterline.loader;

import io.meterline.event.RuleException;
import io.meterline.loader.source.SqlText;

/** Refuses what a query may not have yet: {@code :cursor}, {@code :now} and {@code :last_run}. A cast is no placeholder. */
final class Placeholders {

    private Placeholders() {}

    static void refuse(SqlText query) {
        if (!query.placeholders().isEmpty()) {
            throw new RuleException(
                    RuleException.Kind.UNPROCESSABLE,
                    "not_supported_yet",
                    "Placeholders (:cursor, :now, :last_run) are not supported yet. Read all rows: those that did not"
                            + " change cost little.");
        }
    }
}
