package io.meterline.billing.simulation;

import io.meterline.billing.simulation.Simulation.Failure;
import io.meterline.billing.simulation.Simulation.Status;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Simulations: asked for, kept, forgotten. They run in the background, one at a time.
 *
 * <p>One that a stop of the server cut off begins anew at the next start.
 */
public final class Simulations implements AutoCloseable {

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
    private final RequestedCustomers customers;
    private final SimulationQueue queue;

    /** The simulations of all environments; results lie in a folder of their own. */
    public Simulations(SimulationTools tools, Path folder) {
        this.tools = tools;
        this.planner = new Planner(tools.products(), tools.aggregators());
        this.folder = new ResultFolder(folder);
        this.customers = new RequestedCustomers(tools.directory());
        this.queue = new SimulationQueue(tools, planner, customers, this.folder);
    }

    /** Takes up what an earlier process left. */
    public void recover() {
        List<Simulation> left = tools.database().write(SimulationRows::requeue);
        folder.keepOnly(new HashSet<>(tools.database().read(SimulationRows::ids)));
        left.forEach(queue::submit);
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
        queue.submit(one);
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
        SimulationRun.of(tools, plan, customers.numbers(environment, request), new SimulationProgress())
                .run(Runnable::run, tally, priced::add, _ -> {});
        Names names = new Names(tools.directory());
        ObjectNode result = names.inResult(ResultJson.of(plan, tally));
        return new DryRun(done, result, names.ofPriced(priced), List.of());
    }

    /** With customers by our ids, so that no id of somebody else's is kept, and the currency that is meant. */
    private Simulation simulation(SimulationPlan plan, String id, Status status) {
        SimulationRequest asked = plan.request();
        SimulationRequest kept = new SimulationRequest(
                asked.productId(),
                asked.baseline(),
                asked.candidates(),
                customers.ids(plan.environment(), asked),
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
        return queue.live(stored);
    }

    /** Ends one that waits or goes on; one that is over stays as it is. Throws {@code unknown_simulation}. */
    public Simulation cancel(Environment environment, String id) {
        get(environment, id);
        tools.database().write(handle -> SimulationRows.cancelQueued(handle, id, now(), Failure.CANCELLED));
        queue.cancel(id);
        return get(environment, id);
    }

    /** Removes one and its result; one that goes on ends. Throws {@code unknown_simulation}. */
    public void delete(Environment environment, String id) {
        cancel(environment, id);
        tools.database().write(handle -> {
            SimulationRows.delete(handle, id);
            return id;
        });
        folder.remove(id);
    }

    /** What came out of them, by customer. */
    public SimulationResults results() {
        return new SimulationResults(this, folder, tools.directory());
    }

    /** Stops what goes on; the next start begins it anew. */
    @Override
    public void close() {
        queue.close();
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
