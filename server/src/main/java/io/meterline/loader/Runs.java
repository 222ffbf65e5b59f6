package io.meterline.loader;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of all loaders: queued, executed on threads of their own ({@link SourceLanes}), recorded.
 *
 * <p>The database holds at most one active run a loader, so the queue is no longer than there are loaders.
 */
final class Runs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final ControlDatabase database;
    private final LoadTools tools;
    private final Schedules schedules;
    private final SourceLanes lanes;
    private final Execution execution;
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
        this.tools = tools;
        this.schedules = schedules;
        this.lanes = new SourceLanes(tools.limits().runsPerConnection());
        this.execution = new Execution(database, connections, tools, schedules, rescheduled, totals, () -> closing);
    }

    /** Takes up what an earlier process left: its queued runs are queued again, its running ones have failed. */
    void recover() {
        List<Queued> queued = database.write(handle -> {
            for (Run run : RunRows.allActive(handle)) {
                if (run.state() instanceof RunState.Running running) {
                    RunState.Failed failed = running.fail(Execution.INTERRUPTED, now());
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
                execution.run(queued, progress);
            }
        } catch (RuntimeException e) {
            LOG.error("run {} of loader {} could not be started or recorded", queued.id(), queued.loaderId(), e);
        } finally {
            atWork.remove(queued.id());
        }
    }

    private long now() {
        return Timestamps.micros(tools.clock().instant());
    }
}
