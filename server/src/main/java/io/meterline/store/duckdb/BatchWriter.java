package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.event.Source;
import io.meterline.store.EventWriter.Outcome;
import io.meterline.store.key.KeyEntry;
import io.meterline.store.key.KeyIndex;
import io.meterline.store.log.Change;
import io.meterline.store.log.Fingerprint;
import io.meterline.store.log.Frame;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Applies a batch of changes in one transaction: decides each event by the key index, appends the winners to the recent
 * tables, and the sequences of the beaten rows to the tables of the dead.
 *
 * <p>Used by the applying thread alone. After an exception the index may be ahead of the database, and the store must be
 * opened again.
 */
final class BatchWriter {

    private final DuckDBConnection connection;
    private final Catalog catalog;
    private final KeyIndex index;
    private final RecentTables recent;
    private long appliedSequence;

    BatchWriter(
            DuckDBConnection connection, Catalog catalog, KeyIndex index, RecentTables recent, long appliedSequence) {
        this.connection = connection;
        this.catalog = catalog;
        this.index = index;
        this.recent = recent;
        this.appliedSequence = appliedSequence;
    }

    /** The last sequence that counts in every figure. */
    long appliedSequence() {
        return appliedSequence;
    }

    List<Applier.Effect> apply(List<Frame> frames) throws SQLException {
        Batch batch =
                new Batch(frames.getFirst().firstSequence(), frames.getLast().lastSequence());
        List<Applier.Effect> effects = new ArrayList<>(frames.size());
        for (Frame frame : frames) {
            effects.add(
                    switch (frame.change()) {
                        case Change.Append append -> new Applier.Effect(decide(frame, append, batch), 0);
                        case Change.Delete delete -> new Applier.Effect(Outcome.NONE, remove(frame, delete, batch));
                    });
        }
        inTransaction(batch);
        appliedSequence = batch.lastSequence();
        return effects;
    }

    private Outcome decide(Frame frame, Change.Append append, Batch batch) {
        Map<Versions.Verdict, Integer> counts = new EnumMap<>(Versions.Verdict.class);
        KeyEntry entry = new KeyEntry();
        long sequence = frame.firstSequence();
        for (Event event : append.events()) {
            TypeTables tables = catalog.tables(new CatalogSnapshot.TypeName(append.environment(), event.eventType()));
            long fingerprint = event.source() == Source.LOADER ? Fingerprint.of(event) : 0;
            boolean known = index.find(event.key(), entry);
            Versions.Verdict verdict = known ? Versions.against(entry, event, fingerprint) : Versions.Verdict.CREATED;
            counts.merge(verdict, 1, Integer::sum);
            // A late version adds its properties to the type too: they arrived.
            tables.require(event);
            batch.mention(tables);
            if (verdict.wins()) {
                if (known) {
                    batch.beat(tables, entry.sequence);
                }
                batch.add(tables, event, sequence, frame.acceptedAtMicros());
                entry.sequence = sequence;
                entry.fingerprint = fingerprint;
                entry.place(event.customer(), tables.number());
            }
            if (verdict != Versions.Verdict.IGNORED) {
                entry.version = event.version();
                index.put(event.key(), entry);
            }
            sequence++;
        }
        return new Outcome(
                counts.getOrDefault(Versions.Verdict.CREATED, 0),
                counts.getOrDefault(Versions.Verdict.CORRECTED, 0),
                counts.getOrDefault(Versions.Verdict.IGNORED, 0),
                counts.getOrDefault(Versions.Verdict.UNCHANGED, 0),
                counts.getOrDefault(Versions.Verdict.REPEATED, 0));
    }

    private int remove(Frame frame, Change.Delete delete, Batch batch) {
        int removed = 0;
        KeyEntry entry = new KeyEntry();
        long sequence = frame.firstSequence();
        for (KeyHash key : delete.keys()) {
            if (index.find(key, entry) && isIn(delete.environment(), entry)) {
                batch.beat(catalog.tables(entry.type()), entry.sequence);
                entry.sequence = sequence;
                entry.markRemoved();
                index.put(key, entry);
                removed++;
            }
            sequence++;
        }
        return removed;
    }

    private boolean isIn(Environment environment, KeyEntry entry) {
        return catalog.tables(entry.type()).name().environment() == environment;
    }

    /** Begins in so many words: without them an appender commits by itself what comes before the first statement. */
    private void inTransaction(Batch batch) throws SQLException {
        Database.execute(connection, "BEGIN");
        appendRows(batch);
        appendDead(batch);
        List<TypeTables> changed = new ArrayList<>();
        for (Batch.TypeRows type : batch.types()) {
            if (type.tables.takeChanged()) {
                changed.add(type.tables);
            }
        }
        if (changed.isEmpty()) {
            commit();
        } else {
            catalog.change(
                    this::commit,
                    before -> changed.stream()
                            .map(tables -> recent.layout(tables, before))
                            .toList());
        }
    }

    private void commit() throws SQLException {
        Database.execute(connection, "COMMIT");
    }

    private void appendRows(Batch batch) throws SQLException {
        for (Map.Entry<RecentTable, List<Batch.TypeRows>> placed :
                recent.place(batch.types()).entrySet()) {
            int count = 0;
            try (RowAppender rows = recent.appendRows(placed.getKey())) {
                for (Batch.TypeRows type : placed.getValue()) {
                    rows.ofType(type.tables.layout());
                    for (Batch.Row row : type.rows) {
                        if (batch.counts(row)) {
                            rows.append(row.event(), row.sequence(), row.acceptedAtMicros());
                            count++;
                        }
                    }
                }
            }
            recent.added(count);
        }
    }

    private void appendDead(Batch batch) throws SQLException {
        List<Batch.TypeRows> beaten =
                batch.types().stream().filter(type -> !type.dead.isEmpty()).toList();
        if (beaten.isEmpty()) {
            return;
        }
        try (DuckDBAppender dead = recent.appendDead(beaten)) {
            for (Batch.TypeRows type : beaten) {
                for (long sequence : type.dead) {
                    dead.beginRow()
                            .append(type.tables.number())
                            .append(sequence)
                            .endRow();
                }
                recent.added(type.dead.size());
            }
        }
    }
}
