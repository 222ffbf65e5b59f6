package io.meterline.loader;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import io.meterline.store.EventReader;
import java.util.List;
import java.util.Optional;

/** The data loaders of each environment and their runs. */
public final class Loaders implements AutoCloseable {

    private static final int MAX_LOADERS = 1_000;

    private final ControlDatabase database;
    private final Connections connections;
    private final LoadTools tools;
    private final PulledEvents pulled;
    private final Runs runs;

    public Loaders(ControlDatabase database, Connections connections, LoadTools tools, EventReader events) {
        this.database = database;
        this.connections = connections;
        this.tools = tools;
        this.pulled = new PulledEvents(events, tools.events());
        this.runs = new Runs(database, connections, tools);
    }

    /** A loader and its last run. */
    public record WithRun(Loader loader, Optional<Run> lastRun) {}

    /** Fails the runs that an earlier process left running, and queues those that it left waiting. Call it once. */
    public void recover() {
        runs.recover();
    }

    /** Stores a loader and queues its first run. Throws {@link RuleException}: {@code connection_not_found}, limits. */
    public WithRun create(Environment environment, LoaderDraft draft) {
        connections.get(environment, draft.connectionId());
        long now = now();
        Loader loader = new Loader(Ids.loader(), environment, draft, now, now);
        Runs.Queued queued = database.write(handle -> {
            if (LoaderRows.count(handle, environment) >= MAX_LOADERS) {
                throw new RuleException(
                        Kind.UNPROCESSABLE,
                        "too_many_loaders",
                        "An environment has at most " + MAX_LOADERS + " data loaders. Delete one first.");
            }
            LoaderRows.insert(handle, loader);
            return runs.queue(handle, loader.id());
        });
        runs.submit(queued.run());
        return new WithRun(loader, Optional.of(queued.run()));
    }

    /**
     * Changes a loader and queues a run. Throws {@link RuleException}: {@code loader_not_found}, {@code
     * connection_not_found}, {@code event_type_is_fixed}, {@code identity_is_fixed}: the events it made before would
     * stay behind under keys that no run reaches any more.
     */
    public WithRun update(Environment environment, String id, LoaderDraft draft) {
        Loader before = get(environment, id).loader();
        requireSame(before.draft().eventType().equals(draft.eventType()), "event_type");
        requireSame(before.draft().identity() == draft.identity(), "identity");
        connections.get(environment, draft.connectionId());
        Loader loader = new Loader(id, environment, draft, before.createdAtMicros(), now());
        Runs.Queued queued = database.write(handle -> {
            LoaderRows.update(handle, loader);
            return runs.queue(handle, id);
        });
        if (queued.isNew()) {
            runs.submit(queued.run());
        }
        return new WithRun(loader, Optional.of(queued.run()));
    }

    /** Throws {@link RuleException} {@code loader_not_found}. */
    public WithRun get(Environment environment, String id) {
        return database.read(handle -> LoaderRows.byId(handle, id)
                        .filter(loader -> loader.environment() == environment)
                        .map(loader -> new WithRun(loader, runs.latest(handle, id))))
                .orElseThrow(() -> new RuleException(
                        Kind.NOT_FOUND, "loader_not_found", "There is no such data loader in this environment."));
    }

    /** The newest first. */
    public Page<WithRun> list(Environment environment, PageRequest request) {
        return database.read(handle -> {
            Page<LoaderRows.Row> page = Page.of(
                    LoaderRows.page(handle, environment, request),
                    request,
                    LoaderRows.count(handle, environment),
                    LoaderRows.Row::number);
            List<WithRun> data = page.data().stream()
                    .map(LoaderRows.Row::loader)
                    .map(loader -> new WithRun(loader, runs.latest(handle, loader.id())))
                    .toList();
            return new Page<>(data, page.total(), page.nextCursor());
        });
    }

    /** Queues a run. The loader's active run, if it has one, is the answer instead: it never runs twice at once. */
    public Run run(Environment environment, String id) {
        get(environment, id);
        Runs.Queued queued = database.write(handle -> runs.queue(handle, id));
        if (queued.isNew()) {
            runs.submit(queued.run());
        }
        return queued.run();
    }

    /** The newest first. */
    public Page<Run> runs(Environment environment, String id, PageRequest request) {
        get(environment, id);
        return runs.list(id, request);
    }

    /** Throws {@link RuleException}: {@code loader_not_found}, {@code run_not_found}. */
    public Run run(Environment environment, String id, String runId) {
        get(environment, id);
        return runs.get(id, runId);
    }

    /** Stops a run soon; one that is over stays as it is. */
    public Run cancel(Environment environment, String id, String runId) {
        get(environment, id);
        return runs.cancel(id, runId);
    }

    /** The names of the loaders whose rows become events of a type: they share their keys. */
    public List<String> namesOfType(Environment environment, String eventType) {
        return database.read(handle -> LoaderRows.namesOfType(handle, environment, eventType));
    }

    /**
     * Deletes a loader and the records of its runs, and with {@code events} also what it pulled.
     *
     * <p>Throws {@link RuleException}: {@code loader_not_found}, {@code loader_is_running}, {@code events_are_shared}
     * when events are to go that another loader pulls as well.
     *
     * @return how many events were deleted
     */
    public long delete(Environment environment, String id, boolean events) {
        Loader loader = get(environment, id).loader();
        String eventType = loader.draft().eventType();
        database.write(handle -> {
            if (RunRows.active(handle, id).isPresent()) {
                throw new RuleException(
                        Kind.CONFLICT, "loader_is_running", "This data loader is running. Cancel the run first.");
            }
            if (events && LoaderRows.namesOfType(handle, environment, eventType).size() > 1) {
                throw new RuleException(
                        Kind.CONFLICT,
                        "events_are_shared",
                        "Another data loader pulls events of the type " + eventType
                                + " too. Delete this one with events=keep.");
            }
            LoaderRows.delete(handle, id);
            return id;
        });
        return events ? pulled.deleteAll(environment, eventType) : 0;
    }

    @Override
    public void close() {
        runs.close();
    }

    private static void requireSame(boolean same, String field) {
        if (!same) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    field + "_is_fixed",
                    field + " of a data loader cannot change, because its events would stay behind. Make a new one.");
        }
    }

    private long now() {
        return Timestamps.micros(tools.clock().instant());
    }
}
