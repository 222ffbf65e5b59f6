package io.meterline.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meterline.billing.ProductJson;
import io.meterline.billing.Products;
import io.meterline.billing.Subscriptions;
import io.meterline.billing.simulation.Simulation.Status;
import io.meterline.billing.statement.Snapshots;
import io.meterline.control.ControlDatabase;
import io.meterline.control.PageRequest;
import io.meterline.customer.CreatePolicy;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerReference;
import io.meterline.customer.Customers;
import io.meterline.customer.Resolution;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.RuleException;
import io.meterline.meter.Aggregators;
import io.meterline.meter.DefinitionJson;
import io.meterline.store.DiskSpace;
import io.meterline.store.ReferenceEventStore;
import io.meterline.store.TestEvents;
import io.meterline.store.UsageQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How simulations wait, run, end and are kept. */
final class SimulationsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Environment LIVE = Environment.LIVE;
    private static final int CUSTOMERS = 30;

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-20T12:00:00Z"));
    private final ReferenceEventStore store = new ReferenceEventStore(now::get);
    private final GuardedReader events = new GuardedReader(store);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private ControlDatabase database;
    private Products products;
    private SimulationTools tools;
    private Simulations simulations;
    private String product;

    @BeforeEach
    void start() {
        database = ControlDatabase.open(folder, 2, 100);
        CustomerDirectory directory = new CustomerDirectory(database, now::get);
        Customers customers = new Customers(database, directory, now::get);
        Aggregators aggregators = new Aggregators(database, now::get);
        products = new Products(database, aggregators, now::get);
        tools = new SimulationTools(
                database,
                events,
                directory,
                products,
                aggregators,
                new Subscriptions(database, customers, directory, products, now::get),
                new Snapshots(database),
                DiskSpace.ENDLESS,
                now::get);
        simulations = open();
        List<Event> usage = new ArrayList<>();
        for (int i = 1; i <= CUSTOMERS; i++) {
            Resolution resolved = Objects.requireNonNull(directory
                    .resolve(LIVE, List.of(CustomerReference.of("c" + i)), CreatePolicy.CREATE)
                    .get("c" + i));
            usage.add(TestEvents.event("calls")
                    .id("e" + i)
                    .customer(((Resolution.Resolved) resolved).number())
                    .at("2026-02-05T00:00:00Z")
                    .with("n", i)
                    .build());
        }
        store.append(LIVE, usage).applied().join();
        String aggregator = aggregators
                .create(
                        LIVE,
                        DefinitionJson.read(
                                json("{'name':'Calls','event_type':'calls','operation':'sum','property':'n'}")))
                .id();
        product = products.create(LIVE, ProductJson.read(json("""
                        {'name':'Calls','type':'dynamic','aggregator_id':'%s','prices':[
                         {'currency':'EUR','price':{'model':'per_unit','unit_amount':'2'}}]}""".formatted(aggregator))))
                .id();
    }

    private Simulations open() {
        Simulations opened = new Simulations(tools, folder.resolve("simulations"));
        opened.recover();
        return opened;
    }

    @AfterEach
    void stop() {
        released.countDown();
        simulations.close();
        database.close();
    }

    @Test
    void oneThatGoesOnCanBeCancelled() {
        Simulation one = heldUp();
        assertThat(simulations.get(LIVE, one.id()).status()).isEqualTo(Status.RUNNING);
        assertThatThrownBy(() -> simulations.results().amounts(LIVE, one.id()))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("no_result"));

        simulations.cancel(LIVE, one.id());
        released.countDown();

        Simulation over = over(one);
        assertThat(over.status()).isEqualTo(Status.CANCELLED);
        assertThat(Objects.requireNonNull(over.error()).code()).isEqualTo("cancelled");
        assertThat(over.result()).isNull();
        assertThat(folder.resolve("simulations")).isEmptyDirectory();
    }

    @Test
    void oneThatWaitsCanBeCancelledAndTooManyAreRefused() {
        List<Simulation> all = new ArrayList<>(List.of(heldUp()));
        while (all.size() < Simulations.MOST_ACTIVE) {
            all.add(create());
        }
        assertThatThrownBy(this::create)
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("too_many_simulations"));

        Simulation waiting = all.get(4);
        assertThat(simulations.cancel(LIVE, waiting.id()).status()).isEqualTo(Status.CANCELLED);
        simulations.delete(LIVE, all.get(5).id());
        simulations.delete(LIVE, all.get(0).id());
        released.countDown();

        assertThat(over(all.get(9)).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(simulations.get(LIVE, waiting.id()).startedAtMicros()).isNull();
        assertThat(simulations.list(LIVE, PageRequest.FIRST).total()).isEqualTo(8);
        assertThat(folder.resolve("simulations"))
                .isDirectoryNotContaining(file ->
                        file.getFileName().toString().startsWith(all.get(0).id()));
    }

    @Test
    void whatAStopCutOffBeginsAnewAndIsPricedAsItWasAskedFor() {
        Simulation one = heldUp();
        Simulation next = create();
        Thread closing = Thread.ofPlatform().start(simulations::close);
        await().until(() -> !closing.isAlive()
                || closing.getState() == Thread.State.TIMED_WAITING
                || closing.getState() == Thread.State.WAITING);
        released.countDown();
        await().until(() -> !closing.isAlive());
        assertThat(tools.database().read(SimulationRows::active)).isEqualTo(2);

        // The product and the month are others by then.
        products.update(LIVE, product, ProductJson.read(json("""
                {'name':'Calls','type':'dynamic','aggregator_id':'%s','prices':[
                 {'currency':'EUR','price':{'model':'per_unit','unit_amount':'9'}}]}""".formatted(
                        products.get(LIVE, product).definition().aggregatorId()))));
        now.set(Instant.parse("2027-03-20T12:00:00Z"));
        events.before(_ -> {});
        simulations = open();

        for (Simulation cut : List.of(one, next)) {
            Simulation done = over(cut);
            assertThat(done.status()).isEqualTo(Status.SUCCEEDED);
            assertThat(result(done).at("/baseline/amount").asString()).isEqualTo("930.00");
            assertThat(result(done).path("to").asString()).isEqualTo("2026-03-01T00:00:00Z");
        }
    }

    @Test
    void tooMuchForOneQuestionIsAskedInSeveral() {
        List<Integer> sizes = new ArrayList<>();
        events.before(query -> {
            int customers = Objects.requireNonNull(query.customers()).size();
            sizes.add(customers);
            if (customers > 4) {
                throw query.tooManyGroups();
            }
        });

        Simulation done = over(create());

        assertThat(sizes).startsWith(30, 15, 7, 3);
        assertThat(done.customersDone()).isEqualTo(CUSTOMERS);
        assertThat(result(done).path("simulated").asInt()).isEqualTo(CUSTOMERS);
        assertThat(result(done).at("/baseline/amount").asString()).isEqualTo("930.00");
        assertThat(result(done).at("/candidates/0/amount").asString()).isEqualTo("465.00");
    }

    @Test
    void aFailureIsSaid() {
        events.before(query -> {
            throw query.tooManyGroups();
        });
        assertThat(Objects.requireNonNull(over(create()).error()).code()).isEqualTo("too_many_groups");
        events.before(_ -> {
            throw new IllegalStateException("broken on purpose");
        });
        Simulation broken = over(create());
        assertThat(broken.status()).isEqualTo(Status.FAILED);
        assertThat(Objects.requireNonNull(broken.error()).message()).contains(broken.id());
        assertThat(folder.resolve("simulations")).isEmptyDirectory();
    }

    @Test
    void onePricedByPercentagesSaysThatTheAggregatorOnlyCountsByNow() {
        Simulation first = heldUp();
        Simulation waiting = simulations.create(LIVE, SimulationJson.read(json("""
                {'product_id':'%s','candidates':[{'name':'share','price':{'model':'percentage','rate':'0.1'}}]}""".formatted(product))));
        tools.aggregators()
                .update(
                        LIVE,
                        Objects.requireNonNull(
                                products.get(LIVE, product).definition().aggregatorId()),
                        DefinitionJson.read(json("{'name':'Calls','event_type':'calls','operation':'count'}")));
        released.countDown();

        assertThat(over(first).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(Objects.requireNonNull(over(waiting).error()).code()).isEqualTo("aggregator_has_no_event_amounts");
    }

    @Test
    void theOldestAreForgotten() throws Exception {
        Simulation old = over(create());
        now.set(now.get().plus(Simulations.KEPT));
        Simulation kept = over(create());
        now.set(now.get().plusSeconds(1));
        simulations.expire();

        assertThatThrownBy(() -> simulations.get(LIVE, old.id())).isInstanceOf(RuleException.class);
        assertThat(files()).containsExactly(kept.id());
        List<Simulation> more = new ArrayList<>();
        for (int i = 0; i < Simulations.MOST_KEPT; i++) {
            more.add(over(create()));
        }
        simulations.expire();
        assertThat(files())
                .containsExactlyInAnyOrderElementsOf(
                        more.stream().map(Simulation::id).toList());
    }

    private List<String> files() throws Exception {
        try (var files = Files.list(folder.resolve("simulations"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** A simulation that waits for the answer to its first question until it is released. */
    private Simulation heldUp() {
        events.before(this::hold);
        Simulation one = create();
        await().until(() -> asked.getCount() == 0);
        return one;
    }

    private void hold(UsageQuery query) {
        asked.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Simulation create() {
        return simulations.create(LIVE, SimulationJson.read(json("""
                {'product_id':'%s','periods':2,'candidates':[{'name':'half','price':{'model':'per_unit','unit_amount':'1'}}]}""".formatted(product))));
    }

    private Simulation over(Simulation one) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> simulations.get(LIVE, one.id()).status().isOver());
        return simulations.get(LIVE, one.id());
    }

    private static JsonNode result(Simulation done) {
        return Objects.requireNonNull(done.result());
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
