package io.meterline.store.duckdb;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Our own numbers in SQL text.
 *
 * <p>Customer numbers, sequences and times are written as literals and not as parameters, because DuckDB skips blocks of
 * rows by literals only. They are {@code long}s of ours; what a user wrote never gets here.
 */
final class Numbers {

    private Numbers() {}

    static String isOneOf(String column, Collection<Long> numbers) {
        return numbers.isEmpty()
                ? "FALSE"
                : numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", column + " IN (", ")"));
    }
}
