package io.meterline.billing.simulation;

import io.meterline.billing.simulation.Simulation.Failure;
import io.meterline.billing.simulation.Simulation.Status;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.customer.CustomerRef;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import io.meterline.store.OverloadedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Simulations: asked for, queued, run one at a time on a thread of their own, kept.
 *
 * <p>One that a stop of the server cut off begins anew at the next start.
 */
public final class Simulations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Simulations.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 12;

    /** Waiting and running; more are refused. */
    static final int MOST_ACTIVE = 10;

    /** Of an environment; the oldest are forgotten. */
    static final int MOST_KEPT = 50;

    /** How long one is kept. */
    static final Duration KEPT = Duration.ofDays(90);

    private final SimulationTools tools;
    private final Planner planner;
    private final ResultFolder folder;
    private final ExecutorService runner = thread("simulation");
    private final ExecutorService asker = thread("simulation-ask");
    private final Map<String, SimulationProgress> atWork = new ConcurrentHashMap<>();
    private volatile boolean closing;

    /** The simulations of all environments; results lie in a folder of their own. */
    public Simulations(SimulationTools tools, Path folder) {
        this.tools = tools;
        this.planner = new Planner(tools.products(), tools.aggregators());
        this.folder = new ResultFolder(folder);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /** Takes up what an earlier process left. */
    public void recover() {
        List<Simulation> left = tools.database().write(SimulationRows::requeue);
        folder.keepOnly(new HashSet<>(tools.database().read(SimulationRows::ids)));
        left.forEach(this::submit);
    }

    /** Forgets the oldest. */
    public void expire() {
        long before = now() - KEPT.toMillis() * 1_000;
        tools.database()
                .write(handle -> SimulationRows.forget(handle, before, MOST_KEPT))
                .forEach(folder::remove);
    }

    /**
     * Queues a simulation.
     *
     * <p>Throws {@code RuleException}: {@code unknown_product}, {@code unknown_customer}, {@code too_many_simulations}, and
     * for what cannot be simulated those of {@link Planner}.
     */
    public Simulation create(Environment environment, SimulationRequest request) {
        SimulationPlan plan = planner.plan(environment, request, now());
        Simulation one = simulation(plan, id(), Status.QUEUED);
        tools.database().write(handle -> {
            if (SimulationRows.active(handle) >= MOST_ACTIVE) {
                throw new RuleException(
                        Kind.OVERLOADED,
                        "too_many_simulations",
                        MOST_ACTIVE + " simulations are waiting or going on. Send it again when one of them is over.");
            }
            SimulationRows.insert(handle, one);
            return one;
        });
        expire();
        submit(one);
        return one;
    }

    /** Simulates one customer, or hypothetical quantities, at once. Throws as {@link #create} does. */
    public DryRun dryRun(Environment environment, SimulationRequest request) {
        SimulationPlan plan = planner.plan(environment, request, now());
        Simulation done = simulation(plan, "", Status.SUCCEEDED).at(Status.SUCCEEDED, 100, 1);
        if (!request.quantities().isEmpty()) {
            return new DryRun(done, null, List.of(), QuantityPrices.of(plan));
        }
        List<PricedSubject> priced = new ArrayList<>();
        Tally tally = new Tally(plan);
        run(plan, numbers(environment, request), new SimulationProgress())
                .run(Runnable::run, tally, priced::add, _ -> {});
        Names names = new Names(tools.directory());
        ObjectNode result = names.inResult(ResultJson.of(plan, tally));
        return new DryRun(done, result, names.ofPriced(priced), List.of());
    }

    /** With customers by our ids, so that no id of somebody else's is kept, and the currency that is meant. */
    private Simulation simulation(SimulationPlan plan, String id, Status status) {
        SimulationRequest asked = plan.request();
        List<Long> numbers = numbers(plan.environment(), asked);
        List<String> customers = numbers == null ? null : new Names(tools.directory()).ids(numbers);
        SimulationRequest kept = new SimulationRequest(
                asked.productId(),
                asked.baseline(),
                asked.candidates(),
                customers,
                asked.quantities(),
                asked.periods(),
                asked.by(),
                asked.zone(),
                plan.currency(),
                asked.dryRun());
        return new Simulation(
                id,
                plan.environment(),
                status,
                kept,
                plan.product().product().version(),
                plan.currency(),
                0,
                0,
                plan.nowMicros(),
                null,
                null,
                null,
                null);
    }

    /** The numbers of the customers that were named, rising; null for all. */
    private @Nullable List<Long> numbers(Environment environment, SimulationRequest request) {
        if (request.customers() == null) {
            return null;
        }
        Set<Long> numbers = new LinkedHashSet<>();
        for (int i = 0; i < request.customers().size(); i++) {
            CustomerRef found = tools.directory()
                    .find(environment, request.customers().get(i))
                    .orElse(null);
            if (found == null) {
                throw Planner.unprocessable(
                        "customers[" + i + "]", "unknown_customer", "there is no such customer here");
            }
            numbers.add(found.canonicalNumber());
        }
        return numbers.stream().sorted().toList();
    }

    /** The newest first. */
    public Page<Simulation> list(Environment environment, PageRequest page) {
        Page<Simulation> found = tools.database().read(handle -> SimulationRows.list(handle, environment, page));
        return new Page<>(found.data().stream().map(this::live).toList(), found.total(), found.nextCursor());
    }

    /** One, with its result. Throws {@code RuleException} {@code unknown_simulation}. */
    public Simulation get(Environment environment, String id) {
        return live(tools.database()
                .read(handle -> SimulationRows.find(handle, environment, id))
                .orElseThrow(() -> new RuleException(
                        Kind.NOT_FOUND,
                        "unknown_simulation",
                        "There is no simulation " + id + " in this environment.")));
    }

    private Simulation live(Simulation stored) {
        ObjectNode result = stored.result();
        if (result != null) {
            new Names(tools.directory()).inResult(result);
        }
        SimulationProgress progress = atWork.get(stored.id());
        return progress == null || stored.status().isOver() ? stored : progress.of(stored);
    }

    /** Ends one that waits or goes on; one that is over stays as it is. Throws {@code unknown_simulation}. */
    public Simulation cancel(Environment environment, String id) {
        get(environment, id);
        tools.database().write(handle -> SimulationRows.cancelQueued(handle, id, now(), CANCELLED));
        SimulationProgress progress = atWork.get(id);
        if (progress != null) {
            progress.cancel();
        }
        return get(environment, id);
    }

    private static final Failure CANCELLED =
            new Failure("cancelled", "The simulation was cancelled; nothing of it was kept.");

    /** Removes one and its result; one that goes on ends. Throws {@code unknown_simulation}. */
    public void delete(Environment environment, String id) {
        cancel(environment, id);
        tools.database().write(handle -> {
            SimulationRows.delete(handle, id);
            return id;
        });
        folder.remove(id);
    }

    /** A page of what customers pay. Throws {@code unknown_simulation}, {@code no_result} and {@code unknown_candidate}. */
    public CustomerPage customers(Environment environment, String id, CustomerQuery query) {
        Simulation one = withResult(environment, id);
        int candidate = candidate(one, query.candidate());
        Set<Long> customers =
                query.customer() == null ? null : tools.directory().expand(environment, query.customer());
        try (ResultReader reader = reader(one)) {
            CustomerList.Found found = new CustomerList(query, candidate, customers).read(reader);
            return new CustomerPage(
                    one.request().candidates().stream().map(it -> it.name()).toList(),
                    new Names(tools.directory())
                            .of(found.rows().stream()
                                    .map(row -> new Names.Found(row, List.of()))
                                    .toList()),
                    found.total(),
                    found.next());
        } catch (IOException e) {
            throw new UncheckedIOException("the result of " + id + " cannot be read", e);
        }
    }

    /** A part of what customers pay; the amounts of candidates are in the order of {@code candidates}. */
    public record CustomerPage(
            List<String> candidates, List<CustomerAmounts> customers, long total, CustomerQuery.@Nullable Place next) {}

    private static int candidate(Simulation one, @Nullable String name) {
        List<String> names =
                one.request().candidates().stream().map(it -> it.name()).toList();
        int index = name == null ? 0 : names.indexOf(name);
        if (index < 0) {
            throw new RuleException(
                    Kind.INVALID,
                    "unknown_candidate",
                    "The simulation has no candidate of this name; it has " + String.join(", ", names) + ".");
        }
        return index;
    }

    /** What customers pay in each period, from the beginning to the end; to be closed. Throws as {@link #customers}. */
    public AmountsReader amounts(Environment environment, String id) {
        Simulation one = withResult(environment, id);
        try {
            return new AmountsReader(one, reader(one), new Names(tools.directory()));
        } catch (IOException e) {
            throw new UncheckedIOException("the result of " + id + " cannot be read", e);
        }
    }

    private ResultReader reader(Simulation one) throws IOException {
        return new ResultReader(
                folder.file(one.id()), 1 + one.request().candidates().size());
    }

    /** One that has succeeded. Throws {@code unknown_simulation} and {@code no_result}. */
    public Simulation withResult(Environment environment, String id) {
        Simulation one = get(environment, id);
        if (one.result() == null) {
            throw new RuleException(
                    Kind.CONFLICT,
                    "no_result",
                    "The simulation is " + one.status().text()
                            + (one.status().isOver()
                                    ? "; it has no result."
                                    : "; its result comes when it has succeeded."));
        }
        return one;
    }

    /** Stops what goes on; the next start begins it anew. */
    @Override
    public void close() {
        closing = true;
        atWork.values().forEach(SimulationProgress::interrupt);
        runner.shutdown();
        runner.close();
        asker.close();
    }

    private void submit(Simulation one) {
        runner.execute(() -> execute(one));
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
                end(one, Status.CANCELLED, progress, null, CANCELLED);
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
            run(plan, numbers(one.environment(), one.request()), progress)
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

    private SimulationRun run(SimulationPlan plan, @Nullable List<Long> customers, SimulationProgress progress) {
        Map<Long, Long> mergedInto = tools.directory().mergedInto(plan.environment());
        ChunkMeter meter = new ChunkMeter(
                plan,
                new SubjectFinder(plan, tools.subscriptions(), tools.snapshots(), mergedInto),
                new ShapeMeter(tools.events(), plan.environment()),
                Members.inverse(mergedInto));
        CustomerChunks chunks =
                new CustomerChunks(tools.directory(), plan.environment(), customers, SimulationRun.chunkSize(plan));
        progress.of(chunks.count());
        return new SimulationRun(plan, meter, chunks, progress);
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

    private static String id() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return "sim_" + HexFormat.of().formatHex(bytes);
    }

    private long now() {
        return Timestamps.micros(tools.clock().instant());
    }
}
