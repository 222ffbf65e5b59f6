package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.store.DiskSpace;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery;
import io.meterline.store.EventScan;
import io.meterline.store.EventStore;
import io.meterline.store.EventTypeSummary;
import io.meterline.store.StoreFailedException;
import io.meterline.store.StoreFigures;
import io.meterline.store.StoredEvent;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageResult;
import io.meterline.store.key.KeyEntry;
import io.meterline.store.key.KeyIndex;
import io.meterline.store.log.Change;
import io.meterline.store.log.EventLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The embedded engine: a folder with a log, a DuckDB file and a key index. One process owns the folder at a time. */
public final class DuckDbEventStore implements EventStore {

    private static final int MOST_WAITING_READS = 1_000;

    private static final int SCANS = 2;
    private static final int MOST_WAITING_SCANS = 10;

    private final DiskSpace disk;
    private final Counters counters = new Counters();
    private final Database database;
    private final Admission admission = new Admission();
    private final KeyIndex index;
    private final EventLog log;
    private final BatchWriter writer;
    private final Folder folder;
    private final Applier applier;
    private final Committer committer;
    private final Reads reads;
    private final Reads scans;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DuckDbEventStore(
            Path path,
            InstantSource clock,
            DuckDbOptions options,
            DiskSpace disk,
            EventLog.Opener segments,
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
        catalog.published().types().values().forEach(admission::restore);
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

    /**
     * Opens the store in a folder, which is created when it is not there, and applies what a crash left in the log.
     *
     * @param disk the disk of the folder
     * @throws StoreFailedException when the folder is in use by another process, or its files cannot be read or written
     */
    public static DuckDbEventStore open(Path path, InstantSource clock, DuckDbOptions options, DiskSpace disk) {
        return open(path, clock, options, disk, FileChannel::open);
    }

    static DuckDbEventStore open(
            Path path, InstantSource clock, DuckDbOptions options, DiskSpace disk, EventLog.Opener segments) {
        try {
            Files.createDirectories(path);
            Database database = Database.open(path, options);
            try {
                return new DuckDbEventStore(path, clock, options, disk, segments, database);
            } catch (SQLException | IOException | RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (SQLException | IOException e) {
            throw new StoreFailedException("The event store in " + path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The same on a disk that is never full. */
    public static DuckDbEventStore open(Path path, InstantSource clock, DuckDbOptions options) {
        return open(path, clock, options, DiskSpace.ENDLESS);
    }

    @Override
    public @Nullable Limit admit(Environment environment, Event event) {
        return admission.admit(environment, event);
    }

    @Override
    public Receipt append(Environment environment, List<Event> events) {
        if (disk.isLow()) {
            counters.diskFull.increment();
            throw DiskSpace.full();
        }
        Applier.Submission submission = committer.submit(new Change.Append(environment, events));
        return new Receipt(
                submission.durable().thenRun(() -> {}), submission.effect().thenApply(Applier.Effect::outcome));
    }

    @Override
    public CompletableFuture<Integer> delete(Environment environment, List<KeyHash> keys) {
        return committer.submit(new Change.Delete(environment, keys)).effect().thenApply(Applier.Effect::removed);
    }

    @Override
    public Optional<StoredEvent> find(Environment environment, KeyHash key) {
        return reads.read(moment -> {
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

    @Override
    public EventPage list(Environment environment, EventQuery query) {
        return reads.read(moment -> new ListingReader(moment).list(environment, query));
    }

    @Override
    public void scan(Environment environment, EventScan scan, EventScan.Sink sink) {
        scans.read(moment -> {
            new ScanReader(moment).scan(environment, scan, sink);
            return true;
        });
    }

    @Override
    public List<EventTypeSummary> eventTypes(Environment environment) {
        return reads.read(moment -> TypeReader.read(moment, environment));
    }

    @Override
    public UsageResult usage(Environment environment, UsageQuery query) {
        return reads.read(moment ->
                new UsageReader(moment, moment.tables().type(environment, query.eventType()), query).read());
    }

    @Override
    public Health health() {
        for (String problem : new @Nullable String[] {committer.problem(), applier.problem(), folder.problem()}) {
            if (problem != null) {
                return new Health(false, problem);
            }
        }
        return new Health(true, "Events are being stored.");
    }

    @Override
    public StoreFigures figures() {
        return new StoreFigures(
                counters.accepted.sum(),
                counters.commits.sum(),
                counters.commitNanos.sum(),
                counters.busy.sum(),
                counters.diskFull.sum(),
                committer.queuedEvents(),
                applier.unappliedEvents(),
                log.bytes(),
                reads.waiting() + scans.waiting());
    }

    /** Folds recent rows and writes a checkpoint now, as happens by itself when there are enough of them. */
    public void fold() {
        applier.fold();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            committer.stop();
            applier.stop();
            if (applier.problem() == null && !disk.isVeryLow()) {
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
}
