package io.meterline.loader;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import io.meterline.loader.RunState.RunError;
import io.meterline.loader.source.SourceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of all loaders: queued, executed on threads of their own ({@link SourceLanes}), recorded.
 *
 * <p>The database holds at most one active run a loader, so the queue is no longer than there are loaders.
 */
final class Runs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final int MAX_WRITES = 300;
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    static final RunError INTERRUPTED =
            new RunError("interrupted", "The server was stopped while the run was going on. It runs again.");

    private final ControlDatabase database;
    private final Connections connections;
    private final LoadTools tools;
    private final Schedules schedules;
    private final Consumer<String> rescheduled;
    private final SourceLanes lanes;
    private final Turns turns = Turns.ofMachine();
    private final Map<String, Progress> atWork = new ConcurrentHashMap<>();
    private final RunTotals totals = new RunTotals();
    private volatile boolean closing;

    /** @param rescheduled is told a loader whose next time may have changed, after the transaction */
    Runs(
            ControlDatabase database,
            Connections connections,
            LoadTools tools,
            Schedules schedules,
            Consumer<String> rescheduled) {
        this.database = database;
        this.connections = connections;
        this.tools = tools;
        this.schedules = schedules;
        this.rescheduled = rescheduled;
        this.lanes = new SourceLanes(tools.limits().runsPerConnection());
    }

    /** Takes up what an earlier process left: its queued runs are queued again, its running ones have failed. */
    void recover() {
        List<Queued> queued = database.write(handle -> {
            for (Run run : RunRows.allActive(handle)) {
                if (run.state() instanceof RunState.Running running) {
                    RunState.Failed failed = running.fail(INTERRUPTED, now());
                    RunRows.end(handle, run.id(), failed, run.counts(), run.scope());
                    LoaderRows.byId(handle, run.loaderId())
                            .ifPresent(loader -> schedules.ended(handle, loader, failed));
                }
            }
            return RunRows.allActive(handle).stream()
                    .map(run -> new Queued(
                            run, LoaderRows.byId(handle, run.loaderId()).orElseThrow(), true))
                    .toList();
        });
        queued.forEach(this::submit);
    }

    /**
     * Records a run as queued, unless the loader has an active one. Call {@link #submit} after the transaction.
     *
     * @param fullReload whether to read everything
     */
    Queued queue(Handle handle, Loader loader, boolean fullReload) {
        Optional<Run> active = RunRows.active(handle, loader.id());
        if (active.isPresent()) {
            return new Queued(active.get(), loader, false);
        }
        int attempt = schedules.attempt(handle, loader.id());
        Run run = Run.queued(Ids.run(), loader.id(), now(), attempt, fullReload);
        RunRows.insertQueued(handle, run);
        return new Queued(run, loader, true);
    }

    /**
     * The answer to the wish for a run.
     *
     * @param isNew false when the loader had an active run already, which is this one
     */
    record Queued(Run run, Loader loader, boolean isNew) {}

    /** Does nothing for a run that was submitted when it was new. */
    void submit(Queued queued) {
        if (queued.isNew()) {
            lanes.submit(queued.loader().draft().connectionId(), () -> execute(queued.run()));
        }
    }

    RunTotals totals() {
        return totals;
    }

    /** With the counts of this moment for a run that goes on. */
    Page<Run> list(String loaderId, PageRequest request) {
        return database.read(handle -> RunRows.page(handle, loaderId, request)).map(this::live);
    }

    Optional<Run> latest(Handle handle, String loaderId) {
        return RunRows.latest(handle, loaderId).map(this::live);
    }

    /** Throws {@link RuleException} {@code run_not_found}. */
    Run get(String loaderId, String id) {
        return database.read(handle -> RunRows.byId(handle, loaderId, id))
                .map(this::live)
                .orElseThrow(
                        () -> new RuleException(Kind.NOT_FOUND, "run_not_found", "This data loader has no such run."));
    }

    /** Stops a run soon; one that is over stays as it is. Throws {@link RuleException} {@code run_not_found}. */
    Run cancel(Loader loader, String id) {
        if (get(loader.id(), id).state() instanceof RunState.Queued) {
            database.write(handle -> {
                RunRows.byId(handle, loader.id(), id).ifPresent(run -> {
                    if (run.state() instanceof RunState.Queued queued) {
                        RunState.Cancelled cancelled = queued.cancel(now());
                        RunRows.end(handle, id, cancelled, run.counts(), run.scope());
                        schedules.ended(handle, loader, cancelled);
                    }
                });
                return id;
            });
        }
        Progress progress = atWork.get(id);
        if (progress != null) {
            stop(progress);
        }
        return get(loader.id(), id);
    }

    // Telling the source may take seconds, in code of a driver.
    private static void stop(Progress progress) {
        Thread.ofPlatform().name("loader-cancel").daemon().start(progress::cancel);
    }

    /** Stops what is running, records it as interrupted, and leaves what is queued for the next start. */
    @Override
    public void close() {
        closing = true;
        lanes.stop();
        atWork.values().forEach(Runs::stop);
        lanes.close();
    }

    private Run live(Run run) {
        Progress progress = atWork.get(run.id());
        return progress == null || run.state() instanceof RunState.Ended
                ? run
                : run.with(progress.counts(), progress.scope());
    }

    private void execute(Run queued) {
        // There before the run counts as running, so that whoever sees it run can stop it.
        Progress progress = new Progress();
        atWork.put(queued.id(), progress);
        try {
            if (!closing) {
                database.write(handle -> start(handle, queued)).ifPresent(started -> execute(started, progress));
            }
        } catch (RuntimeException e) {
            LOG.error("run {} of loader {} could not be started or recorded", queued.id(), queued.loaderId(), e);
        } finally {
            atWork.remove(queued.id());
        }
    }

    private record Started(Run run, RunState.Running running, Loader loader, CursorState cursor) {}

    // Empty when the run was cancelled, or its loader deleted, while it waited.
    private Optional<Started> start(Handle handle, Run queued) {
        Optional<Run> run = RunRows.byId(handle, queued.loaderId(), queued.id());
        if (run.isEmpty() || !(run.get().state() instanceof RunState.Queued state)) {
            return Optional.empty();
        }
        Loader loader = LoaderRows.byId(handle, queued.loaderId()).orElseThrow();
        RunState.Running running = state.start(RunRows.nextLoadNumber(handle), now());
        RunRows.start(handle, queued.id(), running);
        return Optional.of(new Started(run.get(), running, loader, CursorRows.byLoader(handle, loader.id())));
    }

    private void execute(Started started, Progress progress) {
        Run run = started.run();
        RunState.Ended end;
        CursorState after = null;
        try {
            Loader loader = started.loader();
            SourceConnection connection =
                    connections.get(loader.environment(), loader.draft().connectionId());
            Load.Work work = new Load.Work(
                    run.id(),
                    loader,
                    connection.address(),
                    started.running().loadNumber(),
                    run.fullReload(),
                    started.cursor(),
                    started.running().startedAtMicros());
            after = new Load(tools, turns, progress, work).run();
            end = progress.isCancelled()
                    ? cancelled(started)
                    : started.running().succeed(now());
        } catch (RuntimeException | LinkageError e) {
            // A driver that lacks a class of its own says so with an error.
            end = progress.isCancelled()
                    ? cancelled(started)
                    : started.running().fail(error(e, run), now());
        }
        record(started, end, progress, after);
    }

    // The cursor moves in the transaction that says its rows are stored, or stays.
    private void record(Started started, RunState.Ended end, Progress progress, @Nullable CursorState after) {
        Run run = started.run();
        RunCounts counts = progress.counts();
        insist(() -> database.write(handle -> {
            RunRows.end(handle, run.id(), end, counts, progress.scope());
            boolean same = LoaderRows.byId(handle, run.loaderId())
                    .filter(loader -> loader.draft().readsAs(started.loader().draft()))
                    .isPresent();
            if (end instanceof RunState.Succeeded && after != null && same) {
                CursorRows.save(handle, run.loaderId(), after);
            }
            schedules.ended(handle, started.loader(), end);
            return run;
        }));
        rescheduled.accept(run.loaderId());
        totals.add(end, counts, now() - started.running().startedAtMicros());
        LOG.info(
                "run {} of loader {} {}: {} rows read, {} written, {} set aside",
                run.id(),
                run.loaderId(),
                end.status(),
                counts.read(),
                counts.written(),
                counts.setAside());
    }

    // A run that is not recorded as over would keep its loader from ever running again before the next start.
    private void insist(Runnable write) {
        for (int attempt = 1; ; attempt++) {
            try {
                write.run();
                return;
            } catch (RuntimeException e) {
                if (attempt == MAX_WRITES || closing) {
                    throw e;
                }
                LOG.warn("the end of a run could not be recorded yet", e);
                LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
            }
        }
    }

    private RunState.Ended cancelled(Started started) {
        return closing
                ? started.running().fail(INTERRUPTED, now())
                : started.running().cancel(now());
    }

    private static RunError error(Throwable e, Run run) {
        return switch (e) {
            case LoadException load -> load.error();
            case SourceException source -> new RunError(source.code(), source.sentence());
            case RuleException rule -> new RunError(rule.code(), rule.sentence());
            default -> {
                LOG.error("run {} of loader {} failed on our side", run.id(), run.loaderId(), e);
                yield new RunError(
                        "internal_error", "Something failed on our side; the log names it under " + run.id() + ".");
            }
        };
    }

    private long now() {
        return Timestamps.micros(tools.clock().instant());
    }
}
