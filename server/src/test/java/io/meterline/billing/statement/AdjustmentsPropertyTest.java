package io.meterline.billing.statement;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import io.meterline.meter.WindowSize;
import io.meterline.meter.Windows;
import io.meterline.price.Price;
import io.meterline.price.Split;
import io.meterline.price.Usage;
import io.meterline.store.Filter;
import io.meterline.store.StoreFailedException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/**
 * However usage arrives, changes and goes, and whenever statements are closed: the sum of all statements is what the true
 * usage of each period costs by the prices that its close froze. The truth is computed here, from a plain list of records.
 */
final class AdjustmentsPropertyTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final List<String> REGIONS = List.of("eu", "us", "");

    private static final String EU =
            "\"filter\":{\"conditional\":\"and\",\"fields\":[{\"property\":\"region\",\"operator\":\"equals\",\"value\":\"eu\"}]},";

    private static final List<String> PRICES = List.of(
            "{\"model\":\"flat\",\"amount\":\"12.345\",\"zero_usage_flat\":\"skip\"}",
            "{\"model\":\"per_unit\",\"unit_amount\":\"0.333\",\"free_units\":\"5\"}",
            "{\"model\":\"graduated\",\"tiers\":[{\"up_to\":\"20\",\"unit_amount\":\"5\",\"flat_amount\":\"1\"},{\"up_to\":null,\"unit_amount\":\"0.1\"}]}",
            "{\"model\":\"volume\",\"tiers\":[{\"up_to\":\"20\",\"unit_amount\":\"5\"},{\"up_to\":null,\"unit_amount\":\"1.005\"}],\"maximum_amount\":\"90\"}",
            "{\"model\":\"package\",\"package_size\":\"7\",\"package_amount\":\"3\"}",
            "{\"model\":\"package\",\"package_size\":\"7\",\"package_amount\":\"3\",\"incomplete\":\"prorated\",\"apply_per\":{\"window\":\"week\"}}",
            "{\"model\":\"stairstep\",\"tiers\":[{\"up_to\":\"10\",\"flat_amount\":\"4\"},{\"up_to\":null,\"flat_amount\":\"9.5\"}],\"apply_per\":{\"group_by\":[\"region\"]}}",
            "{\"model\":\"percentage\",\"rate\":\"0.029\",\"fixed_amount\":\"0.3\",\"free_amount\":\"15\",\"min_per_event\":\"0.5\",\"max_per_event\":\"0.7\"}",
            "{\"model\":\"percentage\",\"rate\":\"0.1\",\"free_events\":\"2\",\"apply_per\":{\"group_by\":[\"region\"],\"window\":\"day\"}}",
            "{\"model\":\"graduated_percentage\",\"tiers\":[{\"up_to\":\"30\",\"rate\":\"0.1\"},{\"up_to\":null,\"rate\":\"0.05\"}],\"minimum_amount\":\"2\",\"discount_percent\":\"10\"}");

    /** A record as it counts now. */
    private record Item(long micros, long arrival, long customer, BigDecimal n, String region) {}

    private final Map<String, Item> truth = new HashMap<>();
    private final Map<Integer, Statement> frozen = new TreeMap<>();
    private final List<Statement> all = new ArrayList<>();
    private Random random = new Random(0);
    private long arrivals;

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void theSumOfAllStatementsIsThePriceOfTheTrueUsage(@ForAll long seed) throws IOException {
        random = new Random(seed);
        truth.clear();
        frozen.clear();
        all.clear();
        Path folder = Files.createTempDirectory("statements");
        try (StatementWorld world = new StatementWorld(folder, "2026-01-20T00:00:00Z")) {
            run(world);
        } finally {
            delete(folder);
        }
    }

    private void run(StatementWorld world) {
        long acme = world.customer("acme");
        long other = world.customer("other");
        String aggregator =
                world.aggregator("{\"name\":\"N\",\"event_type\":\"e\",\"operation\":\"sum\",\"property\":\"n\"}");
        String product = world.product(product(aggregator));
        String subscription = world.subscription("""
                {"customer_id":"acme","currency":"EUR","starts_at":"2026-01-10T12:00:00Z","anchor":"2026-01-31T00:00:00Z",
                 "ends_at":"2026-06-10T00:00:00Z","time_zone":"Europe/Paris","products":[{"product_id":"%s"}]}""".formatted(product));
        for (int i = 0; i < 60; i++) {
            switch (random.nextInt(12)) {
                case 0, 1 -> world.now.set(world.now.get().plus(Duration.ofHours(random.nextInt(400))));
                case 2, 3 -> tryToClose(world, subscription);
                case 4 -> world.restart();
                case 5 -> breakOff(world, subscription);
                case 6 -> world.updateProduct(product, product(aggregator));
                case 7 -> remove(world);
                default -> push(world, random.nextInt(8) == 0 ? other : acme);
            }
        }
        world.now.set(world.now.get().plus(Duration.ofDays(200)));
        while (tryToClose(world, subscription)) {
            if (all.size() > 3 && random.nextInt(4) == 0 && all.size() < 12) {
                push(world, acme);
            }
        }
        BigDecimal billed = all.stream().map(Statement::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal due = frozen.values().stream()
                .map(statement -> costs(statement, acme))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(frozen).hasSize(6);
        assertThat(billed).isEqualByComparingTo(due);
        all.forEach(statement ->
                assertThat(world.statement(subscription, statement.number())).isEqualTo(statement));
    }

    private String product(String aggregator) {
        String euPrice = PRICES.get(random.nextInt(PRICES.size()));
        String price = PRICES.get(random.nextInt(PRICES.size()));
        String prices = switch (random.nextInt(3)) {
            case 0 -> "{\"currency\":\"EUR\"," + EU + "\"price\":" + euPrice + "}";
            case 1 ->
                "{\"currency\":\"EUR\",\"price\":" + price + "},{\"currency\":\"EUR\"," + EU + "\"price\":" + euPrice
                        + "}";
            default -> "{\"currency\":\"EUR\",\"price\":" + price + "}";
        };
        return "{\"name\":\"P\",\"type\":\"dynamic\",\"aggregator_id\":\"" + aggregator + "\",\"prices\":[" + prices
                + "]}";
    }

    /** Closes the next statement, if it can be closed. */
    private boolean tryToClose(StatementWorld world, String subscription) {
        int number = all.size() + 1;
        Statement closed;
        try {
            closed = world.close(subscription, number);
        } catch (RuleException e) {
            assertThat(e.code()).isIn("period_not_over", "unknown_statement");
            return false;
        }
        all.add(closed);
        if (!closed.lines().isEmpty()) {
            frozen.put(number, closed);
        }
        return true;
    }

    /** The store fails while a statement is being closed; nothing of it may remain. */
    private void breakOff(StatementWorld world, String subscription) {
        int number = all.size() + 1;
        world.reader().breakAfter(random.nextInt(3));
        try {
            Statement closed = world.close(subscription, number);
            all.add(closed);
            frozen.put(number, closed);
        } catch (StoreFailedException | RuleException e) {
            world.restart();
        } finally {
            world.reader().mend();
        }
    }

    private void push(StatementWorld world, long customer) {
        String id = "r" + random.nextInt(15);
        long start = Timestamps.micros(Instant.parse("2026-01-05T00:00:00Z"));
        long span = Timestamps.micros(world.now.get()) - start;
        long micros = start + (long) (random.nextDouble() * Math.min(span, 160L * 86_400_000_000L));
        BigDecimal n = BigDecimal.valueOf(random.nextInt(-500, 4_000), 2);
        String region = REGIONS.get(random.nextInt(REGIONS.size()));
        var builder = event("e")
                .id(id)
                .customer(customer)
                .at(Timestamps.instant(micros).toString())
                .with("n", n);
        Event event = (region.isEmpty() ? builder : builder.with("region", region)).build();
        world.events.append(Environment.LIVE, List.of(event)).durable().join();
        Item before = truth.get(id);
        if (before == null || before.micros() <= event.timestampMicros()) {
            truth.put(id, new Item(event.timestampMicros(), arrivals++, customer, n, region));
        }
    }

    private void remove(StatementWorld world) {
        String id = "r" + random.nextInt(15);
        world.events
                .delete(Environment.LIVE, List.of(event("e").id(id).build().key()))
                .join();
        truth.remove(id);
    }

    private BigDecimal costs(Statement statement, long customer) {
        List<Item> items = truth.values().stream()
                .filter(item ->
                        item.customer() == customer && statement.period().contains(item.micros()))
                .sorted(Comparator.comparingLong(Item::micros).thenComparingLong(Item::arrival))
                .toList();
        boolean split = statement.lines().stream()
                .anyMatch(line -> !Objects.requireNonNull(line.terms().usage())
                        .priceFilter()
                        .equals(Filter.NONE));
        return statement.lines().stream()
                .filter(line -> line.terms().price() != null)
                .map(line -> {
                    boolean eu = !Objects.requireNonNull(line.terms().usage())
                            .priceFilter()
                            .equals(Filter.NONE);
                    Predicate<Item> takes =
                            item -> !split || eu == item.region().equals("eu");
                    return charged(
                            line.terms().thePrice(),
                            statement.period(),
                            items.stream().filter(takes).toList());
                })
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal charged(Price price, Period period, List<Item> items) {
        List<Usage> parts = new ArrayList<>();
        Split split = price.split();
        Map<@Nullable String, List<Item>> groups = new HashMap<>();
        if (split.groupBy().isEmpty()) {
            groups.put("", items);
        } else {
            items.forEach(item -> groups.computeIfAbsent(item.region(), _ -> new ArrayList<>())
                    .add(item));
        }
        List<Period> windows = split.window() == null
                ? List.of(period)
                : Windows.of(period, WindowSize.valueOf(split.window().name()), PARIS);
        for (List<Item> group : groups.values()) {
            for (Period window : windows) {
                List<BigDecimal> amounts = group.stream()
                        .filter(item -> window.contains(item.micros()))
                        .map(Item::n)
                        .toList();
                parts.add(
                        price.pricesEvents()
                                ? Usage.ofEvents(amounts)
                                : Usage.of(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
            }
        }
        return price.charge(parts, EUR).amount();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
