package io.meterline.loader;

import io.meterline.control.ControlDatabase;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import io.meterline.loader.RunState.RunError;
import io.meterline.loader.source.SourceException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes one run after the other that is queued, and records how each ended. Safe for use by several threads. */
final class Execution {

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
    private static final int MAX_WRITES = 300;
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    static final RunError INTERRUPTED =
            new RunError("interrupted", "The server was stopped while the run was going on. It runs again.");

    private final ControlDatabase database;
    private final Connections connections;
    private final LoadTools tools;
    private final Schedules schedules;
    private final Consumer<String> rescheduled;
    private final RunTotals totals;
    private final BooleanSupplier closing;
    private final Turns turns = Turns.ofMachine();

    /**
     * Of all loaders.
     *
     * @param rescheduled is told a loader whose next time may have changed, after the transaction
     * @param closing whether the server stops: what ends then was interrupted
     */
    Execution(
            ControlDatabase database,
            Connections connections,
            LoadTools tools,
            Schedules schedules,
            Consumer<String> rescheduled,
            RunTotals totals,
            BooleanSupplier closing) {
        this.database = database;
        this.connections = connections;
        this.tools = tools;
        this.schedules = schedules;
        this.rescheduled = rescheduled;
        this.totals = totals;
        this.closing = closing;
    }

    /** Executes a run, unless it was cancelled, or its loader deleted, while it waited. */
    void run(Run queued, Progress progress) {
        database.write(handle -> start(handle, queued)).ifPresent(started -> execute(started, progress));
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
                if (attempt == MAX_WRITES || closing.getAsBoolean()) {
                    throw e;
                }
                LOG.warn("the end of a run could not be recorded yet", e);
                LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
            }
        }
    }

    private RunState.Ended cancelled(Started started) {
        return closing.getAsBoolean()
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
