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
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Applies a batch of changes in one transaction: decides each event by the key index, appends the winners to the recent
 * tables, and names the beaten rows in the dead tables.
 *
 * <p>Used by the applying thread alone. After an exception the index may be ahead of the database, and the store must be
 * opened again.
 */
final class BatchWriter {

    private final DuckDBConnection connection;
    private final Catalog catalog;
    private final KeyIndex index;
    private final RecentRows recent;
    private final FoldLocks locks;
    private long appliedSequence;

    BatchWriter(
            DuckDBConnection connection,
            Catalog catalog,
            KeyIndex index,
            RecentRows recent,
            FoldLocks locks,
            long appliedSequence)
            throws SQLException {
        this.connection = connection;
        this.catalog = catalog;
        this.index = index;
        this.recent = recent;
        this.locks = locks;
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
        boolean altersTables = batch.types().stream().anyMatch(type -> type.tables.altersTables());
        locks.whileWriting(altersTables, () -> inTransaction(batch));
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
                    batch.beat(tables, entry.sequence, sequence);
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
                batch.beat(catalog.tables(entry.type()), entry.sequence, sequence);
                batch.remove(key, sequence);
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
        long version = write(batch);
        Database.execute(connection, "COMMIT");
        if (version != catalog.version()) {
            catalog.publish(version);
        }
    }

    /** Returns the version of the catalogue that it wrote. */
    private long write(Batch batch) throws SQLException {
        long version = catalog.version();
        for (Batch.TypeRows type : batch.types()) {
            if (!type.tables.isWritten()) {
                catalog.write(connection, type.tables);
                version = catalog.nextVersion();
            }
            append(batch, type);
        }
        writeRemovedKeys(batch);
        try (PreparedStatement position =
                connection.prepareStatement("UPDATE position SET applied = ?, catalog_version = ?")) {
            position.setLong(1, batch.lastSequence());
            position.setLong(2, version);
            position.execute();
        }
        return version;
    }

    private void append(Batch batch, Batch.TypeRows type) throws SQLException {
        TypeLayout layout = type.tables.layout();
        int count = 0;
        if (!type.rows.isEmpty()) {
            try (RowAppender rows = new RowAppender(connection, layout.recent(recent.active()), layout)) {
                for (Batch.Row row : type.rows) {
                    if (batch.counts(row)) {
                        rows.append(row.event(), row.sequence(), row.acceptedAtMicros());
                        count++;
                    }
                }
            }
        }
        if (!type.dead.isEmpty()) {
            try (DuckDBAppender dead = connection.createAppender(Database.NAME, "main", layout.dead())) {
                for (Batch.Dead row : type.dead) {
                    dead.beginRow()
                            .append(row.sequence())
                            .append(row.bySequence())
                            .endRow();
                }
            }
        }
        recent.added(type.tables, count + type.dead.size());
    }

    /** Removed keys are remembered until their file of the index is written, which hides their earlier versions. */
    private void writeRemovedKeys(Batch batch) throws SQLException {
        if (batch.removedKeys().isEmpty()) {
            return;
        }
        try (DuckDBAppender removed = connection.createAppender(Database.NAME, "main", "removed_keys")) {
            for (Batch.RemovedKey key : batch.removedKeys()) {
                removed.beginRow()
                        .append(key.key().high())
                        .append(key.key().low())
                        .append(key.sequence())
                        .endRow();
            }
        }
    }
}
