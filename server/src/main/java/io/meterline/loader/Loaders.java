package io.meterline.loader;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import io.meterline.loader.source.SqlText;
import io.meterline.store.EventReader;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The data loaders of each environment and their runs. */
public final class Loaders implements AutoCloseable {

    private static final int MAX_LOADERS = 1_000;

    private final ControlDatabase database;
    private final LoaderRules rules;
    private final LoadTools tools;
    private final PulledEvents pulled;
    private final Schedules schedules;
    private final Runs runs;
    private final Alarms alarms;
    private final long startedAtMicros;

    public Loaders(ControlDatabase database, Connections connections, LoadTools tools, EventReader events) {
        this.database = database;
        this.rules = new LoaderRules(connections, tools.sources().limits());
        this.tools = tools;
        this.startedAtMicros = Timestamps.micros(tools.clock().instant());
        this.pulled = new PulledEvents(events, tools.events());
        Backoff backoff =
                new Backoff(tools.limits().retryDelay(), tools.limits().retries());
        this.schedules = new Schedules(backoff, tools.clock());
        this.runs = new Runs(database, connections, tools, schedules, this::reschedule);
        this.alarms = new Alarms(database.scheduling(), tools.clock(), new Times());
    }

    /**
     * A loader, where it stands, and its last run.
     *
     * @param cursor the saved value as text; null when there is none
     */
    public record WithRun(
            Loader loader,
            LoaderSchedule schedule,
            @Nullable String cursor,
            Optional<Run> lastRun) {

        private WithRun with(Run run) {
            return new WithRun(loader, schedule, cursor, Optional.of(run));
        }
    }

    /**
     * Fails the runs that an earlier process left running, queues those that it left waiting, and sets the alarms of all
     * loaders: what was due meanwhile runs once. Call it once.
     */
    public void recover() {
        runs.recover();
        List<String> planned = database.write(handle -> {
            // Ours are the only files' only process: what is picked there was picked by one that is gone.
            handle.execute("DELETE FROM scheduled_tasks");
            return ScheduleRows.planned(handle);
        });
        alarms.start();
        planned.forEach(alarms::set);
    }

    /** What goes on, for the operator. */
    public LoaderFigures figures() {
        long now = now();
        RunTotals totals = runs.totals();
        ScheduleRows.Figures rows = database.read(handle -> ScheduleRows.figures(handle, now));
        long behind = now - Math.max(rows.oldestDueMicros(), startedAtMicros);
        return new LoaderFigures(
                totals.succeeded.sum(),
                totals.failed.sum(),
                totals.cancelled.sum(),
                totals.nanos.sum(),
                totals.rowsRead.sum(),
                totals.rowsSetAside.sum(),
                rows.running(),
                rows.waiting(),
                rows.failing(),
                Math.max(0, behind));
    }

    /** What the alarms ask. */
    private final class Times implements Alarms.Times {
        @Override
        public void ring(String loaderId) {
            Optional<Runs.Queued> queued = database.write(handle -> LoaderRows.byId(handle, loaderId)
                    .filter(loader -> schedules.ring(handle, loader))
                    .map(loader -> runs.queue(handle, loader, false)));
            queued.ifPresent(runs::submit);
        }

        @Override
        public @Nullable Long dueAt(String loaderId) {
            return database.<@Nullable Long>read(handle -> schedules.dueAt(handle, loaderId));
        }
    }

    private void reschedule(String loaderId) {
        alarms.set(loaderId);
    }

    /** Stores a loader and queues its first run. Throws {@link RuleException}: {@code connection_not_found}, limits. */
    public WithRun create(Environment environment, LoaderDraft draft) {
        rules.requirePossible(environment, draft);
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
            schedules.start(handle, loader);
            return runs.queue(handle, loader, false);
        });
        runs.submit(queued);
        alarms.set(loader.id());
        return get(environment, loader.id()).with(queued.run());
    }

    /**
     * Changes a loader and queues a run, unless it is paused. Throws {@link RuleException}: {@code loader_not_found},
     * {@code connection_not_found}, {@code event_type_is_fixed}, {@code identity_is_fixed}: the events it made before
     * would stay behind under keys that no run reaches any more; {@code cursor_would_reset} and {@code
     * loader_is_running} when what it reads changes.
     *
     * @param resetCursor whether the cursor may be forgotten, which another query, connection or cursor column needs
     */
    public WithRun update(Environment environment, String id, LoaderDraft draft, boolean resetCursor) {
        Loader before = get(environment, id).loader();
        LoaderRules.requireSameKeys(before.draft(), draft);
        rules.requirePossible(environment, draft);
        Loader loader = new Loader(id, environment, draft, before.createdAtMicros(), now());
        Optional<Runs.Queued> queued = database.write(handle -> {
            LoaderDraft old =
                    LoaderRows.byId(handle, id).orElseThrow(Loaders::notFound).draft();
            if (!old.readsAs(draft)) {
                LoaderRules.requireReset(handle, id, resetCursor);
            }
            LoaderRows.update(handle, loader);
            if (!old.refresh().equals(draft.refresh())) {
                schedules.replan(handle, loader);
            }
            return schedules.isPaused(handle, id)
                    ? Optional.<Runs.Queued>empty()
                    : Optional.of(runs.queue(handle, loader, false));
        });
        queued.ifPresent(runs::submit);
        alarms.set(id);
        WithRun updated = get(environment, id);
        return queued.isPresent() ? updated.with(queued.get().run()) : updated;
    }

    /**
     * Makes the next run begin elsewhere. Throws {@link RuleException}: {@code loader_not_found}, {@code cursor_unused}
     * for a loader without cursor, {@code loader_is_running}, {@code invalid_cursor} for a value that the column cannot
     * have.
     *
     * @param value what {@code :cursor} goes on from, less the overlap; null for the beginning
     */
    public WithRun moveCursor(Environment environment, String id, @Nullable String value) {
        Loader loader = get(environment, id).loader();
        if (loader.draft().cursor() == null) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "cursor_unused",
                    "This data loader has no cursor: it reads all rows each time.");
        }
        database.write(handle -> {
            LoaderRules.requireNoRun(handle, id);
            CursorState state = CursorRows.byLoader(handle, id);
            CursorRows.save(handle, id, value == null ? CursorState.NONE : state.movedTo(value));
            return id;
        });
        return get(environment, id);
    }

    /** No more runs by itself until {@link #resume}; the one that is going on goes on. */
    public WithRun pause(Environment environment, String id) {
        return plan(environment, id, schedules::pause);
    }

    /** Runs again from its next regular time. */
    public WithRun resume(Environment environment, String id) {
        return plan(environment, id, schedules::resume);
    }

    private WithRun plan(Environment environment, String id, BiConsumer<Handle, Loader> change) {
        Loader loader = get(environment, id).loader();
        database.write(handle -> {
            change.accept(handle, loader);
            return id;
        });
        alarms.set(id);
        return get(environment, id);
    }

    /** Throws {@link RuleException} {@code loader_not_found}. */
    public WithRun get(Environment environment, String id) {
        return database.read(handle -> LoaderRows.byId(handle, id)
                        .filter(loader -> loader.environment() == environment)
                        .map(loader -> withRun(handle, loader)))
                .orElseThrow(Loaders::notFound);
    }

    private WithRun withRun(Handle handle, Loader loader) {
        return new WithRun(
                loader,
                ScheduleRows.byLoader(handle, loader.id()).orElse(LoaderSchedule.starting(null)),
                CursorRows.byLoader(handle, loader.id()).value(),
                runs.latest(handle, loader.id()));
    }

    private static RuleException notFound() {
        return new RuleException(
                Kind.NOT_FOUND, "loader_not_found", "There is no such data loader in this environment.");
    }

    /** The newest first. */
    public Page<WithRun> list(Environment environment, PageRequest request) {
        return database.read(
                handle -> LoaderRows.page(handle, environment, request).map(loader -> withRun(handle, loader)));
    }

    /**
     * Queues a run. The loader's active run, if it has one, is the answer instead: it never runs twice at once.
     *
     * @param fullReload whether to read all rows, from the beginning of the cursor or past a window that moves with the
     *     time. Throws {@link RuleException} {@code full_reload_not_possible} when the query leaves no way to, and {@code
     *     loader_is_running} when the active run is another.
     */
    public Run run(Environment environment, String id, boolean fullReload) {
        Loader loader = get(environment, id).loader();
        if (fullReload) {
            LoaderRules.requireOpenable(SqlText.parseForAny(loader.draft().query()));
        }
        Runs.Queued queued = database.write(handle -> runs.queue(handle, loader, fullReload));
        runs.submit(queued);
        if (fullReload && !queued.run().fullReload()) {
            throw new RuleException(
                    Kind.CONFLICT,
                    "loader_is_running",
                    "This data loader is running, and not to read everything. Cancel the run first, or ask again later.");
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
        return runs.cancel(get(environment, id).loader(), runId);
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
            LoaderRules.requireNoRun(handle, id);
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
        alarms.set(id);
        return events ? pulled.deleteAll(environment, eventType) : 0;
    }

    @Override
    public void close() {
        alarms.close();
        runs.close();
    }

    private long now() {
        return Timestamps.micros(tools.clock().instant());
    }
}
