package io.meterline.loader.source;

/** How a source tells its code from what is quoted or commented. */
public enum SqlRules {
    /** A backslash is a character like any other, but in {@code E'…'}; there are dollar quotes. Also DuckDB and SQLite. */
    STANDARD,
    /** A backslash escapes the next character, and backticks quote names: MySQL, MariaDB, ClickHouse. */
    BACKSLASH,
    /** A backslash is a character like any other, names may stand in square brackets, and nothing in dollars: SQL Server. */
    BRACKETS,
    /** It is not known which: a query is read by the first of them that it fits, and is one statement by both. */
    EITHER
}
