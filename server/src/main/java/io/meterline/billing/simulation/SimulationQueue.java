package io.meterline.billing.simulation;

import io.meterline.billing.simulation.Simulation.Failure;
import io.meterline.billing.simulation.Simulation.Status;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import io.meterline.store.OverloadedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs simulations one at a time on a thread of their own, and records how each ended. */
final class SimulationQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulationQueue.class);

    private final SimulationTools tools;
    private final Planner planner;
    private final RequestedCustomers customers;
    private final ResultFolder folder;
    private final ExecutorService runner = thread("simulation");
    private final ExecutorService asker = thread("simulation-ask");
    private final Map<String, SimulationProgress> atWork = new ConcurrentHashMap<>();
    private volatile boolean closing;

    SimulationQueue(SimulationTools tools, Planner planner, RequestedCustomers customers, ResultFolder folder) {
        this.tools = tools;
        this.planner = planner;
        this.customers = customers;
        this.folder = folder;
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /** Runs one that is stored, behind those that wait. */
    void submit(Simulation one) {
        runner.execute(() -> execute(one));
    }

    /** Ends one that goes on, within a moment. */
    void cancel(String id) {
        SimulationProgress progress = atWork.get(id);
        if (progress != null) {
            progress.cancel();
        }
    }

    /** How far one is that was read while it may have gone on. */
    Simulation live(Simulation stored) {
        SimulationProgress progress = atWork.get(stored.id());
        return progress == null || stored.status().isOver() ? stored : progress.of(stored);
    }

    /** Stops what goes on and begins nothing more. */
    @Override
    public void close() {
        closing = true;
        atWork.values().forEach(SimulationProgress::interrupt);
        runner.shutdown();
        runner.close();
        asker.close();
    }

    private void execute(Simulation one) {
        SimulationProgress progress = new SimulationProgress();
        atWork.put(one.id(), progress);
        try {
            if (closing || !tools.database().write(handle -> SimulationRows.start(handle, one.id(), now()))) {
                return;
            }
            ObjectNode result = run(one, progress);
            folder.finish(one.id());
            end(one, Status.SUCCEEDED, progress, result, null);
        } catch (StoppedException e) {
            folder.remove(one.id());
            if (progress.isCancelled()) {
                end(one, Status.CANCELLED, progress, null, Failure.CANCELLED);
            } else {
                LOG.info("simulation {} begins anew at the next start", one.id());
            }
        } catch (IOException | RuntimeException e) {
            fail(one, progress, e);
        } finally {
            atWork.remove(one.id());
        }
    }

    private ObjectNode run(Simulation one, SimulationProgress progress) throws IOException {
        SimulationPlan plan = planner.again(one);
        Tally tally = new Tally(plan);
        try (ResultWriter file = new ResultWriter(folder.unfinished(one.id()))) {
            SimulationRun.of(tools, plan, customers.numbers(one.environment(), one.request()), progress)
                    .run(
                            asker,
                            tally,
                            subject -> {
                                try {
                                    file.write(subject);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            },
                            done -> {
                                tools.disk().require();
                                progress.done(done);
                            });
            file.finish();
        }
        return ResultJson.of(plan, tally);
    }

    private void fail(Simulation one, SimulationProgress progress, Exception e) {
        LOG.error("simulation {} failed", one.id(), e);
        try {
            folder.remove(one.id());
            end(one, Status.FAILED, progress, null, failure(one, e));
        } catch (RuntimeException again) {
            LOG.error("the failure of simulation {} could not be recorded", one.id(), again);
        }
    }

    private static Failure failure(Simulation one, Exception e) {
        return switch (e) {
            case RuleException rule -> new Failure(rule.code(), rule.sentence());
            case OverloadedException busy -> new Failure(busy.reason().code(), busy.sentence());
            default ->
                new Failure(
                        "internal_error",
                        "Something failed on our side; the log names it under " + one.id() + ". Send it again.");
        };
    }

    private void end(
            Simulation one,
            Status status,
            SimulationProgress progress,
            @Nullable ObjectNode result,
            @Nullable Failure failure) {
        tools.database().write(handle -> {
            SimulationRows.end(handle, one.id(), status, now(), progress.done(), result, failure);
            return status;
        });
        LOG.info("simulation {} {}: {} customers", one.id(), status.text(), progress.done());
    }

    private long now() {
        return Timestamps.micros(tools.clock().instant());
    }
}
