package io.meterline.store.duckdb;

import io.meterline.event.Event;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one transaction adds: rows of several types, and rows that no longer count. */
final class Batch {

    private final long firstSequence;
    private final long lastSequence;
    private final BitSet beatenWithin = new BitSet();
    private final Map<TypeTables, TypeRows> types = new LinkedHashMap<>();

    Batch(long firstSequence, long lastSequence) {
        this.firstSequence = firstSequence;
        this.lastSequence = lastSequence;
    }

    long lastSequence() {
        return lastSequence;
    }

    Collection<TypeRows> types() {
        return types.values();
    }

    void add(TypeTables tables, Event event, long sequence, long acceptedAtMicros) {
        rowsOf(tables).rows.add(new Row(event, sequence, acceptedAtMicros));
    }

    /** Says that the tables of a type may have grown, though no row is written. */
    void mention(TypeTables tables) {
        rowsOf(tables);
    }

    /** A row no longer counts: it is not written at all when it came in this very batch. */
    void beat(TypeTables tables, long sequence) {
        if (sequence >= firstSequence) {
            beatenWithin.set((int) (sequence - firstSequence));
        } else {
            rowsOf(tables).dead.add(sequence);
        }
    }

    boolean counts(Row row) {
        return !beatenWithin.get((int) (row.sequence - firstSequence));
    }

    private TypeRows rowsOf(TypeTables tables) {
        return types.computeIfAbsent(tables, TypeRows::new);
    }

    /** What the batch holds of one event type. */
    static final class TypeRows {
        final TypeTables tables;
        final List<Row> rows = new ArrayList<>();
        final List<Long> dead = new ArrayList<>();

        TypeRows(TypeTables tables) {
            this.tables = tables;
        }
    }

    record Row(Event event, long sequence, long acceptedAtMicros) {}
}
