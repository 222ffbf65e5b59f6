package io.meterline.store.duckdb;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Our own numbers in SQL text.
 *
 * <p>Customer numbers, sequences and times are written as literals and not as parameters, because DuckDB skips blocks of
 * rows by literals only. They are {@code long}s of ours; what a user wrote never gets here.
 */
final class Numbers {

    // A literal each costs DuckDB 8 µs to plan, and so many compares; one literal for all of them is looked up in.
    private static final int MANY = 20;

    private Numbers() {}

    static String isOneOf(String column, Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return "FALSE";
        }
        SortedSet<Long> sorted = new TreeSet<>(numbers);
        long first = sorted.first();
        long last = sorted.last();
        if (last - first == sorted.size() - 1) {
            return "(" + column + " BETWEEN " + first + " AND " + last + ")";
        }
        String list = sorted.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return sorted.size() < MANY
                ? column + " IN (" + list + ")"
                : column + " IN (SELECT unnest('[" + list + "]'::BIGINT[]))";
    }
}
