package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.store.DiskSpace;
import io.meterline.store.EventAmounts;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery;
import io.meterline.store.EventScan;
import io.meterline.store.EventTypeSummary;
import io.meterline.store.EventWriter;
import io.meterline.store.StoreFailedException;
import io.meterline.store.StoredEvent;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageResult;
import io.meterline.store.key.KeyEntry;
import io.meterline.store.key.KeyIndex;
import io.meterline.store.log.Change;
import io.meterline.store.log.EventLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The log, the database and the key index of a folder, from one opening to the next. Once {@link #failure} says something it
 * stays so: the files are as a crash would leave them, to be opened anew.
 */
final class Engine {

    private static final int MOST_WAITING_READS = 1_000;

    private static final int MOST_PURGES = 10;
    private static final KeyHash NOTHING = new KeyHash(0x6D65_7465_726C_696EL, 0x6E6F_7468_696E_6721L);

    private static final int SCANS = 2;
    private static final int MOST_WAITING_SCANS = 10;

    private final DiskSpace disk;
    private final Database database;
    private final Catalog catalog;
    private final KeyIndex index;
    private final EventLog log;
    private final BatchWriter writer;
    private final Folder folder;
    private final Applier applier;
    private final Committer committer;
    private final Reads reads;
    private final Reads scans;
    private volatile @Nullable String brokenDatabase;

    private Engine(
            Path path,
            InstantSource clock,
            DuckDbOptions options,
            DiskSpace disk,
            EventLog.Opener segments,
            Counters counters,
            Database database)
            throws SQLException, IOException {
        this.disk = disk;
        this.database = database;
        DuckDBConnection connection = database.connect();
        MainTables main = new MainTables(database.connect());
        Catalog catalog = new Catalog();
        main.load(catalog);
        index = new KeyIndexLoader(connection, path.resolve("keys")).load(catalog.published());
        RecentTables recent = new RecentTables(connection);
        writer = new BatchWriter(connection, catalog, index, recent, main.foldedSequence());
        long last = Recovery.replay(path.resolve("log"), writer);
        this.catalog = catalog;
        log = EventLog.open(path.resolve("log"), last + 1, segments);
        folder = new Folder(main, index, recent, catalog, log, options.foldRows());
        applier = new Applier(writer, folder, options.unappliedEvents(), disk);
        committer = new Committer(log, applier, clock, options.queuedEvents(), disk, counters);
        reads = new Reads(
                database,
                catalog,
                () -> applier.awaitApplied(committer.durableSequence()),
                options.readers(),
                MOST_WAITING_READS,
                false);
        scans = new Reads(
                database,
                catalog,
                () -> applier.awaitApplied(committer.durableSequence()),
                SCANS,
                MOST_WAITING_SCANS,
                true);
    }

    /** Opens the folder and applies what a crash left in the log. Throws {@link StoreFailedException} when it cannot. */
    static Engine open(
            Path path,
            InstantSource clock,
            DuckDbOptions options,
            DiskSpace disk,
            EventLog.Opener segments,
            Counters counters) {
        try {
            Files.createDirectories(path);
            Rewrite.ifDue(path, options);
            Database database = Database.open(path, options);
            try {
                return new Engine(path, clock, options, disk, segments, counters, database);
            } catch (SQLException | IOException | RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (SQLException | IOException e) {
            throw new StoreFailedException("The event store in " + path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The types that it had when it was opened, and has got since. */
    Collection<TypeLayout> types() {
        return catalog.published().types().values();
    }

    EventWriter.Receipt append(Environment environment, List<Event> events) {
        Applier.Submission submission = committer.submit(new Change.Append(environment, events));
        return new EventWriter.Receipt(
                submission.durable().thenRun(() -> {}), submission.effect().thenApply(Applier.Effect::outcome));
    }

    CompletableFuture<Integer> delete(Environment environment, List<KeyHash> keys) {
        return committer.submit(new Change.Delete(environment, keys)).effect().thenApply(Applier.Effect::removed);
    }

    Optional<StoredEvent> find(Environment environment, KeyHash key) {
        return read(reads, moment -> {
            KeyEntry entry = new KeyEntry();
            if (!index.find(key, entry)) {
                return Optional.empty();
            }
            for (TypeLayout layout : moment.tables().types(environment)) {
                if (layout.number() == entry.type()) {
                    return new ListingReader(moment).find(layout, key, entry.customer());
                }
            }
            return Optional.empty();
        });
    }

    EventPage list(Environment environment, EventQuery query) {
        return read(reads, moment -> new ListingReader(moment).list(environment, query));
    }

    void scan(Environment environment, EventScan scan, EventScan.Sink sink) {
        read(scans, moment -> {
            new ScanReader(moment).scan(environment, scan, sink);
            return true;
        });
    }

    List<EventTypeSummary> eventTypes(Environment environment) {
        return read(reads, moment -> TypeReader.read(moment, environment));
    }

    UsageResult usage(Environment environment, UsageQuery query) {
        return read(reads, moment -> new UsageReader(moment, WhatIf.type(moment, environment, query), query).read());
    }

    void amounts(Environment environment, UsageQuery query, EventAmounts.Sink sink) {
        read(scans, moment -> {
            TypeLayout layout = WhatIf.type(moment, environment, query);
            if (layout != null) {
                new AmountReader(moment, layout, query).read(sink);
            }
            return true;
        });
    }

    /** What keeps events from being stored now, or null. */
    @Nullable
    String problem() {
        String failed = failure();
        return failed != null ? failed : committer.problem();
    }

    /** Why it has to be opened anew, or null. */
    @Nullable
    String failure() {
        for (String failure : new @Nullable String[] {applier.problem(), folder.problem(), brokenDatabase}) {
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    int queuedEvents() {
        return committer.queuedEvents();
    }

    int unappliedEvents() {
        return applier.unappliedEvents();
    }

    long logBytes() {
        return log.bytes();
    }

    int waitingReads() {
        return reads.waiting() + scans.waiting();
    }

    /** A connection of its own, for tests that break something. */
    DuckDBConnection connect() throws SQLException {
        return database.connect();
    }

    /** Folds recent rows and writes a checkpoint now, as happens by itself when there are enough of them. */
    void fold() {
        applier.fold();
    }

    /**
     * Removes what was deleted so far from the log: begins another segment with a change of no effect, folds, and so drops
     * those before.
     */
    void purge() {
        long durable = committer.durableSequence();
        log.beginSegmentBeforeNextWrite();
        delete(Environment.LIVE, List.of(NOTHING)).join();
        for (int attempt = 1; log.firstSequence() <= durable; attempt++) {
            if (attempt > MOST_PURGES) {
                throw new StoreFailedException(
                        "The log still holds what was deleted.", new IllegalStateException("it cannot be folded"));
            }
            fold();
        }
    }

    /** Makes what was accepted durable, folds it unless something failed, and closes the files. */
    void close() {
        try {
            committer.stop();
            applier.stop();
            if (failure() == null && !disk.isVeryLow()) {
                folder.foldAll(writer.appliedSequence());
            }
            folder.stop();
            reads.close();
            scans.close();
            log.close();
            index.close();
            database.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFailedException("The event store was interrupted while it stopped.", e);
        } catch (SQLException | IOException e) {
            throw new StoreFailedException("The event store could not be closed cleanly; the log is complete.", e);
        }
    }

    private <T> T read(Reads on, Reads.Query<T> query) {
        try {
            return on.read(query);
        } catch (StoreFailedException e) {
            if (e.getCause() instanceof SQLException cause && isBroken(cause)) {
                brokenDatabase = "The event database is broken: " + cause.getMessage();
            }
            throw e;
        }
    }

    // After a fatal error DuckDB answers nothing but this any more. It has no codes.
    private static boolean isBroken(SQLException e) {
        return String.valueOf(e.getMessage()).contains("has been invalidated");
    }
}
