package io.meterline.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.billing.Interval;
import io.meterline.billing.ProductDefinition;
import io.meterline.billing.ProductJson;
import io.meterline.billing.Products;
import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.billing.Subscription;
import io.meterline.billing.SubscriptionJson;
import io.meterline.billing.SubscriptionTerms;
import io.meterline.billing.Subscriptions;
import io.meterline.billing.line.LinePricer;
import io.meterline.billing.line.LinePricer.Task;
import io.meterline.billing.line.LineTerms;
import io.meterline.billing.line.ProductLines;
import io.meterline.billing.line.Share;
import io.meterline.billing.simulation.CustomerAmounts.PeriodAmounts;
import io.meterline.billing.simulation.SimulationRequest.Candidate;
import io.meterline.billing.statement.Snapshots;
import io.meterline.control.ControlDatabase;
import io.meterline.control.Versioned;
import io.meterline.customer.CreatePolicy;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerReference;
import io.meterline.customer.Customers;
import io.meterline.customer.Resolution;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.Period;
import io.meterline.meter.Aggregator;
import io.meterline.meter.Aggregators;
import io.meterline.meter.DefinitionJson;
import io.meterline.store.DiskSpace;
import io.meterline.store.ReferenceEventStore;
import io.meterline.store.TestEvents;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a simulation says of each customer and period is what statement lines say, one at a time. */
final class SimulatedLinesTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Environment LIVE = Environment.LIVE;
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final String START = "2025-09-01T00:00:00Z";

    private static final List<String> PRICES = List.of(
            "{'model':'flat','amount':'10'}",
            "{'model':'flat','amount':'10','zero_usage_flat':'skip'}",
            "{'model':'per_unit','unit_amount':'0.333','free_units':'3','discount_percent':'10','minimum_amount':'1'}",
            "{'model':'graduated','tiers':[{'up_to':'10','unit_amount':'1.005','flat_amount':'2'},{'up_to':null,'unit_amount':'0.3'}]}",
            "{'model':'volume','free_units':'1','tiers':[{'up_to':'20','unit_amount':'2'},{'up_to':null,'unit_amount':'1.5','flat_amount':'3'}]}",
            "{'model':'package','package_size':'7','package_amount':'3'}",
            "{'model':'package','package_size':'7','package_amount':'3','incomplete':'prorated','maximum_amount':'30'}",
            "{'model':'stairstep','tiers':[{'up_to':'5','flat_amount':'1'},{'up_to':'50','flat_amount':'9'},{'up_to':null,'flat_amount':'20'}]}",
            "{'model':'graduated_percentage','tiers':[{'up_to':'30','rate':'0.029'},{'up_to':null,'rate':'0.01','flat_amount':'1'}]}",
            "{'model':'per_unit','unit_amount':'0.335','minimum_amount':'2','apply_per':{'group_by':['region']}}",
            "{'model':'graduated','tiers':[{'up_to':'3','unit_amount':'1'},{'up_to':null,'unit_amount':'0.1'}],'apply_per':{'window':'day'}}",
            "{'model':'package','package_size':'2','package_amount':'1','apply_per':{'group_by':['region'],'window':'week'}}",
            "{'model':'volume','tiers':[{'up_to':'3','unit_amount':'1','flat_amount':'0.01'},{'up_to':null,'unit_amount':'0.1'}],'apply_per':{'window':'month'}}");

    private static final List<String> PERCENTAGES = List.of(
            "{'model':'percentage','rate':'0.029','fixed_amount':'0.30'}",
            "{'model':'percentage','rate':'0.029','free_events':'2','min_per_event':'0.10','max_per_event':'0.50','minimum_amount':'1'}",
            "{'model':'percentage','rate':'0.05','free_amount':'8','fixed_amount':'0.01','apply_per':{'group_by':['region']}}",
            "{'model':'percentage','rate':'0.05','free_events':'1','minimum_amount':'0.25','apply_per':{'window':'week'}}",
            "{'model':'percentage','rate':'0.05','free_events':'1','minimum_amount':'0.03','apply_per':{'group_by':['region'],'window':'week'}}");

    private static final String EU =
            "{'conditional':'and','fields':[{'property':'region','operator':'equals','value':'eu'}]}";
    private static final String LARGE = "{'conditional':'and','fields':[{'property':'n','operator':'gte','value':5}]}";

    @TempDir
    Path folder;

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-20T12:00:00Z"));
    private final ReferenceEventStore store = new ReferenceEventStore(clock);
    private final SplittableRandom random = new SplittableRandom(7);
    private final List<Long> numbers = new ArrayList<>();
    private ControlDatabase database;
    private CustomerDirectory directory;
    private Aggregators aggregators;
    private Products products;
    private Subscriptions subscriptions;
    private Customers customers;
    private Simulations simulations;

    @BeforeEach
    void start() {
        database = ControlDatabase.open(folder, 2, 100);
        directory = new CustomerDirectory(database, clock);
        customers = new Customers(database, directory, clock);
        aggregators = new Aggregators(database, clock);
        products = new Products(database, aggregators, clock);
        subscriptions = new Subscriptions(database, customers, directory, products, clock);
        simulations = new Simulations(
                new SimulationTools(
                        database,
                        store,
                        directory,
                        products,
                        aggregators,
                        subscriptions,
                        new Snapshots(database),
                        DiskSpace.ENDLESS,
                        clock),
                folder.resolve("simulations"));
        simulations.recover();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            long customer = number("customer-" + i);
            numbers.add(customer);
            for (int e = random.nextInt(40); e > 0; e--) {
                events.add(event(customer, events.size()));
            }
        }
        store.append(LIVE, events).applied().join();
        var _ = customers.merge(LIVE, "customer-3", "customer-7");
    }

    @AfterEach
    void stop() {
        simulations.close();
        database.close();
    }

    private Event event(long customer, int id) {
        TestEvents.Builder event = TestEvents.event("calls")
                .id("e" + id)
                .customer(customer)
                .at(TestEvents.micros(START)
                        + random.nextLong(Duration.ofDays(200).toMillis()) * 1_000)
                .with(
                        "n",
                        TestEvents.number(BigDecimal.valueOf(random.nextInt(-200, 2_000), 2)
                                .toPlainString()));
        return switch (random.nextInt(4)) {
            case 0 -> event.build();
            case 1 -> event.with("region", "us").build();
            default -> event.with("region", "eu").build();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'operation':'sum','property':'n'",
                "'operation':'count'",
                "'operation':'max','property':'n'",
                "'operation':'latest','property':'n'",
                "'operation':'average','property':'n'",
                "'operation':'count_distinct','property':'region'",
                "'operation':'percentile','property':'n','percentile':'90'",
                "'operation':'weighted_sum','property':'n'",
                "'operation':'weighted_sum','property':'n','carry_over':true",
                "'operation':'formula','formula':'n * 2 + 1'"
            })
    void everyModelOverEveryAggregator(String aggregator) throws IOException {
        String product = product(aggregator, "{'currency':'EUR','price':" + PRICES.get(3) + "}");
        subscribe("customer-1", product, "'overrides':[{'price':" + PRICES.get(5) + "}]", "");
        subscribe("customer-2", product, "'overrides':[{'filter':" + EU + ",'price':" + PRICES.get(9) + "}]", "");
        for (int from = 0; from < PRICES.size(); from += 5) {
            List<String> candidates = PRICES.subList(from, Math.min(PRICES.size(), from + 5));
            equalLines(product, candidates, "'by':'calendar_month','time_zone':'America/Sao_Paulo'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'operation':'sum','property':'n'", "'operation':'formula','formula':'n / 3'"})
    void percentagesOfEachEvent(String aggregator) throws IOException {
        String product = product(aggregator, "{'currency':'EUR','price':" + PERCENTAGES.get(1) + "}");
        subscribe("customer-1", product, "'overrides':[{'price':" + PERCENTAGES.get(2) + "}]", "");
        equalLines(product, PERCENTAGES, "'by':'calendar_month'");
        subscribe(
                "customer-2", product, "'overrides':[]", ",'time_zone':'Europe/Paris','anchor':'2025-01-30T23:00:00Z'");
        subscribe("customer-7", product, "'overrides':[]", ",'starts_at':'2026-01-05T00:00:00Z'");
        equalLines(product, PERCENTAGES, "'by':'subscription'");
    }

    @Test
    void filtersTakeTheirEventsInOrder() throws IOException {
        String product = product(
                "'operation':'sum','property':'n'",
                "{'currency':'EUR','filter':" + EU + ",'price':" + PRICES.get(2) + "}," + "{'currency':'EUR','filter':"
                        + LARGE + ",'price':" + PERCENTAGES.get(0) + "}");
        String several = "[{'filter':" + LARGE + ",'price':" + PRICES.get(3) + "},{'price':" + PRICES.get(11)
                + "},{'filter':" + EU + ",'price':" + PRICES.get(4) + "}]";
        equalLines(product, List.of(several, PRICES.get(0)), "'by':'calendar_month','time_zone':'Asia/Tokyo'");
    }

    @Test
    void theOwnPeriodsOfSubscriptions() throws IOException {
        String product = product(
                "'operation':'sum','property':'n'",
                "{'currency':'EUR','price':" + PRICES.get(3) + "},"
                        + "{'currency':'EUR','interval':{'period':'weeks','count':2},'price':" + PRICES.get(7) + "}");
        subscribe(
                "customer-0", product, "'overrides':[]", ",'time_zone':'Europe/Paris','anchor':'2025-01-30T23:00:00Z'");
        subscribe("customer-1", product, "'overrides':[]", "");
        subscribe("customer-2", product, "'overrides':[{'price':" + PRICES.get(10) + "}]", ",'time_zone':'Asia/Tokyo'");
        subscribe("customer-3", product, "'overrides':[]", ",'interval':{'period':'weeks','count':2}");
        subscribe("customer-4", product, "'overrides':[]", ",'metering':'all_time'");
        equalLines(product, PRICES.subList(0, 5), "'by':'subscription'");
        equalLines(product, PRICES.subList(5, 10), "'by':'subscription','periods':2");
    }

    private void equalLines(String product, List<String> candidates, String more) throws IOException {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < candidates.size(); i++) {
            String field = candidates.get(i).startsWith("[") ? "prices" : "price";
            list.append(i == 0 ? "" : ",").append("{'name':'c" + i + "','" + field + "':" + candidates.get(i) + "}");
        }
        SimulationRequest request =
                SimulationJson.read(json("{'product_id':'" + product + "','candidates':[" + list + "]," + more + "}"));
        Simulation done = done(simulations.create(LIVE, request));
        assertThat(done.error()).isNull();
        List<BigDecimal> totals = new ArrayList<>();
        request.candidates().forEach(_ -> totals.add(BigDecimal.ZERO));
        int compared = 0;
        try (AmountsReader reader = simulations.results().amounts(LIVE, done.id())) {
            for (List<CustomerAmounts> some = reader.next(); !some.isEmpty(); some = reader.next()) {
                for (CustomerAmounts one : some) {
                    for (PeriodAmounts period : one.periods()) {
                        assertThat(period.amounts())
                                .as("%s of %s, %s", period, one.externalCustomerId(), candidates)
                                .containsExactlyElementsOf(amounts(request, one, period));
                        compared++;
                        for (int i = 0; i < totals.size(); i++) {
                            totals.set(i, totals.get(i).add(period.amounts().get(i + 1)));
                        }
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(5);
        for (int i = 0; i < totals.size(); i++) {
            assertThat(Objects.requireNonNull(done.result())
                            .at("/candidates/" + i + "/amount")
                            .asString())
                    .isEqualTo(totals.get(i).toPlainString());
        }
    }

    private List<BigDecimal> amounts(SimulationRequest request, CustomerAmounts customer, PeriodAmounts period) {
        Versioned<ProductDefinition> product = products.get(LIVE, request.productId());
        Aggregator aggregator = aggregators.get(
                LIVE, Objects.requireNonNull(product.definition().aggregatorId()));
        ProductLines lines = new ProductLines(product, aggregator);
        Optional<Subscription> subscription =
                subscriptions.withProduct(request.productId(), directory.expand(LIVE, customer.customerId())).stream()
                        .filter(one ->
                                customer.subscriptionId() == null || one.id().equals(customer.subscriptionId()))
                        .findFirst();
        Optional<SubscriptionTerms> terms =
                subscription.map(one -> one.terms().getFirst().terms());
        List<OwnPrice> own =
                terms.map(it -> it.products().getFirst().overrides()).orElse(List.of());
        List<OwnPrice> current =
                own.isEmpty() ? lines.prices(EUR, terms.map(it -> it.interval()).orElse(Interval.MONTHLY)) : own;
        ZoneId zone =
                request.by() == By.SUBSCRIPTION ? subscription.orElseThrow().zone() : request.zone();
        boolean allTime = request.by() == By.SUBSCRIPTION
                && subscription.orElseThrow().rules().isAllTime();
        List<List<OwnPrice>> scenarios = new ArrayList<>(List.of(current));
        request.candidates().stream().map(Candidate::prices).forEach(scenarios::add);
        LinePricer pricer = new LinePricer(store);
        List<BigDecimal> amounts = new ArrayList<>();
        for (List<OwnPrice> prices : scenarios) {
            BigDecimal amount = new BigDecimal("0.00");
            for (LineTerms line : lines.of(prices, Share.WHOLE)) {
                Task task = new Task(
                        line,
                        directory.expand(LIVE, customer.customerId()),
                        zone,
                        EUR,
                        allTime ? Period.until(period.period().toMicros()) : period.period());
                amount = amount.add(pricer.price(LIVE, task).amount());
            }
            amounts.add(amount);
        }
        return amounts;
    }

    private Simulation done(Simulation queued) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> simulations.get(LIVE, queued.id()).status().isOver());
        return simulations.get(LIVE, queued.id());
    }

    private String product(String aggregator, String prices) {
        String id = aggregators
                .create(LIVE, DefinitionJson.read(json("{'name':'Calls','event_type':'calls'," + aggregator + "}")))
                .id();
        return products.create(
                        LIVE,
                        ProductJson.read(json("{'name':'Calls','type':'dynamic','aggregator_id':'" + id + "','prices':["
                                + prices + "]}")))
                .id();
    }

    private void subscribe(String customer, String product, String overrides, String more) {
        String start = more.contains("starts_at") ? "" : ",'starts_at':'" + START + "'";
        var _ = subscriptions.create(
                LIVE,
                SubscriptionJson.read(json("{'customer_id':'" + customer + "','currency':'EUR'" + start + more
                        + ",'products':[{'product_id':'" + product + "'," + overrides + "}]}")));
    }

    private long number(String externalId) {
        Resolution resolved = directory
                .resolve(LIVE, List.of(CustomerReference.of(externalId)), CreatePolicy.CREATE)
                .get(externalId);
        return ((Resolution.Resolved) Objects.requireNonNull(resolved)).number();
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
