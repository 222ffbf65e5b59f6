package io.meterline.loader.source;

import io.meterline.event.RuleException;
import java.util.Set;

/** The kinds of database that a connection can name. */
public enum Provider {
    POSTGRES;

    private static final Set<String> LATER =
            Set.of("mysql", "mariadb", "sqlserver", "clickhouse", "duckdb", "sqlite", "jdbc");

    /** The name in the API: {@code postgres}. */
    public String text() {
        return "postgres";
    }

    /** Throws {@link RuleException} when there is no such provider, or not yet. */
    public static Provider of(String text) {
        if (text.equals("postgres")) {
            return POSTGRES;
        }
        if (LATER.contains(text)) {
            throw new RuleException(
                    RuleException.Kind.UNPROCESSABLE,
                    "not_supported_yet",
                    "The provider " + text + " is not supported yet. Use postgres.");
        }
        throw new RuleException(
                RuleException.Kind.INVALID, "unknown_provider", "There is no such provider. Use postgres.");
    }
}
