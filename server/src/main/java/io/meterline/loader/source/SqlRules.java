package io.meterline.loader.source;

/** How a source tells its code from what is quoted or commented. */
public enum SqlRules {
    /** A backslash is a character like any other, but in {@code E'…'}; there are dollar quotes. Also DuckDB and SQLite. */
    STANDARD,
    /** A backslash escapes the next character, and backticks quote names: MySQL, MariaDB, ClickHouse. */
    BACKSLASH
}
