package io.meterline.loader;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import io.meterline.loader.RunState.RunError;
import io.meterline.loader.source.SourceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of all loaders: queued, executed on a few threads of their own, recorded.
 *
 * <p>The database holds at most one active run a loader, so the queue is no longer than there are loaders.
 */
final class Runs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final int THREADS = 2;
    private static final RunError INTERRUPTED =
            new RunError("interrupted", "The server was stopped while the run was going on. Run again.");

    private final ControlDatabase database;
    private final Connections connections;
    private final LoadTools tools;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("loader-", 1).daemon().factory());
    private final Map<String, Progress> atWork = new ConcurrentHashMap<>();
    private volatile boolean closing;

    Runs(ControlDatabase database, Connections connections, LoadTools tools) {
        this.database = database;
        this.connections = connections;
        this.tools = tools;
    }

    /** Takes up what an earlier process left: its queued runs are queued again, its running ones have failed. */
    void recover() {
        List<Run> queued = database.write(handle -> {
            for (Run run : RunRows.allActive(handle)) {
                if (run.state() instanceof RunState.Running running) {
                    RunRows.end(handle, run.id(), running.fail(INTERRUPTED, now()), run.counts());
                }
            }
            return RunRows.allActive(handle);
        });
        queued.forEach(this::submit);
    }

    /** Records a run as queued, unless the loader has an active one. Call {@link #submit} after the transaction. */
    Queued queue(Handle handle, String loaderId) {
        Optional<Run> active = RunRows.active(handle, loaderId);
        if (active.isPresent()) {
            return new Queued(active.get(), false);
        }
        Run run = new Run(Ids.run(), loaderId, now(), new RunState.Queued(), RunCounts.NONE);
        RunRows.insertQueued(handle, run);
        return new Queued(run, true);
    }

    /**
     * The answer to the wish for a run.
     *
     * @param isNew false when the loader had an active run already, which is this one
     */
    record Queued(Run run, boolean isNew) {}

    void submit(Run run) {
        threads.execute(() -> execute(run));
    }

    /** With the counts of this moment for a run that goes on. */
    Page<Run> list(String loaderId, PageRequest request) {
        return database.read(handle -> {
            Page<RunRows.Row> page = Page.of(
                    RunRows.page(handle, loaderId, request),
                    request,
                    RunRows.count(handle, loaderId),
                    RunRows.Row::number);
            return new Page<>(
                    page.data().stream().map(RunRows.Row::run).map(this::live).toList(),
                    page.total(),
                    page.nextCursor());
        });
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
    Run cancel(String loaderId, String id) {
        if (get(loaderId, id).state() instanceof RunState.Queued) {
            database.write(handle -> {
                RunRows.byId(handle, loaderId, id).ifPresent(run -> {
                    if (run.state() instanceof RunState.Queued queued) {
                        RunRows.end(handle, id, queued.cancel(now()), run.counts());
                    }
                });
                return id;
            });
        }
        Progress progress = atWork.get(id);
        if (progress != null) {
            progress.cancel();
        }
        return get(loaderId, id);
    }

    /** Stops what is running, records it as interrupted, and leaves what is queued for the next start. */
    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        atWork.values().forEach(Progress::cancel);
        threads.close();
    }

    private Run live(Run run) {
        Progress progress = atWork.get(run.id());
        return progress == null || run.state() instanceof RunState.Ended
                ? run
                : new Run(run.id(), run.loaderId(), run.queuedAtMicros(), run.state(), progress.counts());
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

    private record Started(Run run, RunState.Running running, Loader loader) {}

    // Empty when the run was cancelled, or its loader deleted, while it waited.
    private Optional<Started> start(Handle handle, Run queued) {
        Optional<Run> run = RunRows.byId(handle, queued.loaderId(), queued.id());
        if (run.isEmpty() || !(run.get().state() instanceof RunState.Queued state)) {
            return Optional.empty();
        }
        Loader loader = LoaderRows.byId(handle, queued.loaderId()).orElseThrow();
        RunState.Running running = state.start(RunRows.nextLoadNumber(handle), now());
        RunRows.start(handle, queued.id(), running);
        return Optional.of(new Started(run.get(), running, loader));
    }

    private void execute(Started started, Progress progress) {
        Run run = started.run();
        RunState.Ended end;
        try {
            Loader loader = started.loader();
            SourceConnection connection =
                    connections.get(loader.environment(), loader.draft().connectionId());
            long loadNumber = started.running().loadNumber();
            new Load(tools, progress, run.id(), loader, connection.address(), loadNumber).run();
            end = progress.isCancelled()
                    ? cancelled(started)
                    : started.running().succeed(now());
        } catch (RuntimeException e) {
            end = progress.isCancelled()
                    ? cancelled(started)
                    : started.running().fail(error(e, run), now());
        }
        record(run, end, progress.counts());
    }

    private void record(Run run, RunState.Ended end, RunCounts counts) {
        database.write(handle -> {
            RunRows.end(handle, run.id(), end, counts);
            return run;
        });
        LOG.info(
                "run {} of loader {} {}: {} rows read, {} written, {} set aside",
                run.id(),
                run.loaderId(),
                end.status(),
                counts.read(),
                counts.written(),
                counts.setAside());
    }

    private RunState.Ended cancelled(Started started) {
        return closing
                ? started.running().fail(INTERRUPTED, now())
                : started.running().cancel(now());
    }

    private static RunError error(RuntimeException e, Run run) {
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
