package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.store.DiskSpace;
import io.meterline.store.EventAmounts;
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
import io.meterline.store.log.EventLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The embedded engine: a folder with a log, a DuckDB file and a key index. One process owns the folder at a time.
 *
 * <p>When the database fails it is closed and opened anew, as after a crash: what was accepted is in the log. Meanwhile reads
 * and writes are refused with {@link io.meterline.store.OverloadedException}.
 */
public final class DuckDbEventStore implements EventStore {

    private final Path path;
    private final DiskSpace disk;
    private final Counters counters;
    private final Admission admission = new Admission();
    private final Keeper keeper;

    private DuckDbEventStore(Path path, DiskSpace disk, Counters counters, Keeper keeper) {
        this.path = path;
        this.disk = disk;
        this.counters = counters;
        this.keeper = keeper;
        keeper.engine().types().forEach(admission::restore);
    }

    /**
     * Opens the store in a folder, which is created when it is not there, and applies what a crash left in the log.
     *
     * @param disk the disk of the folder
     * @throws StoreFailedException when the folder is in use by another process, or its files cannot be read or written
     */
    public static DuckDbEventStore open(Path path, InstantSource clock, DuckDbOptions options, DiskSpace disk) {
        return open(path, clock, options, disk, FileChannel::open, Keeper.Patience.DEFAULT);
    }

    /** The same on a disk that is never full. */
    public static DuckDbEventStore open(Path path, InstantSource clock, DuckDbOptions options) {
        return open(path, clock, options, DiskSpace.ENDLESS);
    }

    static DuckDbEventStore open(
            Path path,
            InstantSource clock,
            DuckDbOptions options,
            DiskSpace disk,
            EventLog.Opener segments,
            Keeper.Patience patience) {
        Counters counters = new Counters();
        Keeper keeper = Keeper.open(
                path, () -> Engine.open(path, clock, options, disk, segments, counters), counters, patience);
        return new DuckDbEventStore(path, disk, counters, keeper);
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
        return keeper.engine().append(environment, events);
    }

    @Override
    public CompletableFuture<Integer> delete(Environment environment, List<KeyHash> keys) {
        return keeper.engine().delete(environment, keys);
    }

    @Override
    public void purge() {
        try {
            Rewrite.isDue(path);
        } catch (IOException e) {
            throw new StoreFailedException("The mark for rewriting the database cannot be set.", e);
        }
        keeper.engine().purge();
    }

    @Override
    public Optional<StoredEvent> find(Environment environment, KeyHash key) {
        return keeper.engine().find(environment, key);
    }

    @Override
    public EventPage list(Environment environment, EventQuery query) {
        return keeper.engine().list(environment, query);
    }

    @Override
    public void scan(Environment environment, EventScan scan, EventScan.Sink sink) {
        keeper.engine().scan(environment, scan, sink);
    }

    @Override
    public List<EventTypeSummary> eventTypes(Environment environment) {
        return keeper.engine().eventTypes(environment);
    }

    @Override
    public UsageResult usage(Environment environment, UsageQuery query) {
        return keeper.engine().usage(environment, query);
    }

    @Override
    public void amounts(Environment environment, UsageQuery query, EventAmounts.Sink sink) {
        EventAmounts.expression(query.measure());
        keeper.engine().amounts(environment, query, sink);
    }

    @Override
    public Health health() {
        String problem = keeper.problem();
        return new Health(problem == null, problem == null ? "Events are being stored." : problem);
    }

    @Override
    public StoreFigures figures() {
        Optional<Engine> engine = keeper.current();
        return new StoreFigures(
                counters.accepted.sum(),
                counters.commits.sum(),
                counters.commitNanos.sum(),
                counters.busy.sum(),
                counters.diskFull.sum(),
                counters.reopened.sum(),
                engine.map(Engine::queuedEvents).orElse(0),
                engine.map(Engine::unappliedEvents).orElse(0),
                engine.map(Engine::logBytes).orElse(0L),
                engine.map(Engine::waitingReads).orElse(0));
    }

    /** Completes with the reason when the database failed and could not be opened anew: only a new process may help. */
    public CompletableFuture<String> gaveUp() {
        return keeper.gaveUp();
    }

    /** Folds recent rows and writes a checkpoint now, as happens by itself when there are enough of them. */
    public void fold() {
        keeper.engine().fold();
    }

    /** For tests that break something. */
    Engine engine() {
        return keeper.engine();
    }

    @Override
    public void close() {
        keeper.close();
    }
}
