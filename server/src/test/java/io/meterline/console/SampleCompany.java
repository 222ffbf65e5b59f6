package io.meterline.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A company with a year of usage: customers, three kinds of events, what is counted, products, subscriptions, closed
 * statements and a simulation. The same for the same moment, so that pictures of it change only when pages do.
 */
public final class SampleCompany {

    private static final int MONTHS = 12;
    private static final int BATCH = 1_000;

    /** What a customer is called, in the order of how much they use. */
    private static final List<String> CUSTOMERS = List.of(
            "Globex",
            "Initech",
            "Hooli",
            "Umbrella",
            "Acme",
            "Stark Industries",
            "Wayne Enterprises",
            "Wonka",
            "Cyberdyne",
            "Soylent",
            "Tyrell",
            "Massive Dynamic",
            "Pied Piper",
            "Dunder Mifflin",
            "Oscorp",
            "Aperture",
            "Black Mesa",
            "Gringotts",
            "Monsters Inc.",
            "Nakatomi",
            "Duff",
            "Vandelay",
            "Sirius Cybernetics",
            "Zorg");

    private static final List<String> ENDPOINTS = List.of("/v1/search", "/v1/rank", "/v1/embed", "/v1/answer");
    private static final List<String> REGIONS = List.of("eu-west-1", "us-east-1", "ap-south-1");
    private static final List<String> STATUSES = List.of("active", "premium", "trial");

    private final ApiClient api;
    private final Instant now;
    private final Random random = new Random(42);
    private final List<Map<String, Object>> batch = new ArrayList<>();

    private SampleCompany(ApiClient api, Instant now) {
        this.api = api;
        this.now = now;
    }

    /** Fills an empty environment, with usage up to a moment. */
    public static void fill(ApiClient api, Instant now) {
        SampleCompany company = new SampleCompany(api, now);
        company.customers();
        company.usage();
        company.refused();
        company.prices();
    }

    /** {@code SampleCompany URL KEY}: fills a server that runs. */
    public static void main(String[] arguments) {
        fill(ApiClient.at(arguments[0], arguments[1]), Instant.now());
    }

    private void customers() {
        for (String name : CUSTOMERS.subList(0, CUSTOMERS.size() - 3)) {
            made(api.post("/v1/customers", Map.of("external_id", id(name), "name", name)));
        }
    }

    private void usage() {
        YearMonth last = YearMonth.from(now.atZone(ZoneOffset.UTC));
        for (int month = 0; month < MONTHS; month++) {
            Instant from = start(last.minusMonths(MONTHS - 1L - month));
            Instant to = start(last.minusMonths(MONTHS - 2L - month));
            long seconds = to.getEpochSecond() - from.getEpochSecond();
            for (int customer = 0; customer < CUSTOMERS.size(); customer++) {
                int size = 1 + (CUSTOMERS.size() - customer) * (MONTHS + month) / 24;
                for (int i = 0; i < size; i++) {
                    Instant at = from.plusSeconds((long) (random.nextDouble() * seconds))
                            .plusMillis(random.nextInt(999));
                    event(customer, month, i, at);
                }
            }
        }
        flush();
    }

    private void event(int customer, int month, int i, Instant at) {
        String key = month + "-" + customer + "-" + i;
        int size = CUSTOMERS.size() - customer;
        push(
                customer,
                "api_calls",
                at,
                Map.of(
                        "id", "call-" + key,
                        "endpoint", pick(ENDPOINTS),
                        "calls", 200 + random.nextInt(1_800 * size),
                        "latency_ms", 20 + random.nextInt(200)));
        if (i % 3 == 0) {
            push(
                    customer,
                    "storage_gb",
                    at,
                    Map.of("id", "disk-" + key, "region", pick(REGIONS), "gb", random.nextInt(90_000) / 100.0));
        }
        if (i % 4 == 0) {
            Map<String, Object> user = new LinkedHashMap<>();
            user.put("id", 1_000 * customer + 40 * month + i);
            user.put("status", pick(STATUSES));
            user.put("work_email", "l***.c***@" + id(CUSTOMERS.get(customer)) + ".com");
            user.put("seats", 1 + random.nextInt(3));
            user.put(
                    "deleted_at",
                    random.nextInt(9) == 0 ? at.plusSeconds(86_400).toString() : null);
            push(customer, "users", at, user);
        }
    }

    private void push(int customer, String type, Instant at, Map<String, ?> record) {
        if (at.isAfter(now)) {
            return;
        }
        batch.add(Map.of(
                "customer_id",
                id(CUSTOMERS.get(customer)),
                "event_type",
                type,
                "timestamp",
                at.toString(),
                "record",
                record));
        if (batch.size() == BATCH) {
            flush();
        }
    }

    private void flush() {
        if (!batch.isEmpty()) {
            made(api.with("Prefer", "return=minimal").post("/v1/events/batch", batch));
            batch.clear();
        }
    }

    // Some that are kept aside for a person to look at.
    private void refused() {
        List<Map<String, Object>> events = new ArrayList<>();
        events.add(Map.of(
                "customer_id", "globex",
                "event_type", "api_calls",
                "timestamp", "ACTIVE_DATE",
                "record", Map.of("id", "call-x1", "calls", 12)));
        events.add(Map.of(
                "customer_id",
                "initech",
                "event_type",
                "users",
                "timestamp",
                now.toString(),
                "record",
                Map.of("id", 7, "address", Map.of("city", "Lyon"))));
        events.add(Map.of(
                "customer_id",
                "hooli",
                "event_type",
                "users",
                "timestamp",
                now.toString(),
                "record",
                Map.of("name", "no id")));
        api.post("/v1/events/batch", events);
    }

    private void prices() {
        String calls = aggregator("API calls", "api_calls", "sum", "calls", "calls", null);
        String users = aggregator(
                "Active users",
                "users",
                "count",
                null,
                "users",
                Map.of(
                        "conditional",
                        "and",
                        "fields",
                        List.of(Map.of("property", "deleted_at", "operator", "is_null"))));
        String storage = aggregator("Peak storage", "storage_gb", "max", "gb", "GB", null);

        Map<String, Object> graduated = Map.of(
                "model",
                "graduated",
                "tiers",
                List.of(tier("10000", "0"), tier("100000", "0.004"), tier("1000000", "0.0025"), tier(null, "0.0012")));
        Map<String, Object> volume =
                Map.of("model", "volume", "tiers", List.of(tier("10", "5"), tier("50", "4.50"), tier(null, "4")));
        String callsProduct = product("API calls", "dynamic", calls, graduated);
        String usersProduct = product("Users", "dynamic", users, volume);
        String storageProduct =
                product("Storage", "dynamic", storage, Map.of("model", "per_unit", "unit_amount", "0.19"));
        String base = product("Base fee", "flat_fee", null, Map.of("model", "flat", "amount", "49"));

        YearMonth first = YearMonth.from(now.atZone(ZoneOffset.UTC)).minusMonths(3);
        for (int i = 0; i < 6; i++) {
            Answer subscription = made(api.post(
                    "/v1/subscriptions",
                    Map.of(
                            "customer_id", id(CUSTOMERS.get(i)),
                            "currency", "EUR",
                            "starts_at", start(first).toString(),
                            "products",
                                    List.of(
                                            Map.of("product_id", base),
                                            Map.of("product_id", callsProduct),
                                            Map.of("product_id", usersProduct),
                                            Map.of("product_id", storageProduct)))));
            close(subscription.json().path("id").asString(), first);
        }
        simulate(callsProduct);
    }

    private void close(String subscription, YearMonth month) {
        String at = month.atDay(15) + "T00:00:00Z";
        Answer statement = made(api.get("/v1/subscriptions/" + subscription + "/statements?at=" + at));
        made(api.post("/v1/statements/" + statement.json().path("id").asString() + "/close"));
    }

    private void simulate(String product) {
        Answer simulation = made(api.post(
                "/v1/simulations",
                Map.of(
                        "product_id",
                        product,
                        "baseline",
                        "current",
                        "customers",
                        "all",
                        "periods",
                        6,
                        "by",
                        "calendar_month",
                        "candidates",
                        List.of(
                                Map.of(
                                        "name",
                                        "Steeper volume",
                                        "price",
                                        Map.of(
                                                "model",
                                                "graduated",
                                                "tiers",
                                                List.of(
                                                        tier("10000", "0"),
                                                        tier("100000", "0.005"),
                                                        tier(null, "0.002")))),
                                Map.of(
                                        "name",
                                        "Packages",
                                        "price",
                                        Map.of(
                                                "model",
                                                "package",
                                                "package_size",
                                                "10000",
                                                "package_amount",
                                                "30"))))));
        String path = "/v1/simulations/" + simulation.json().path("id").asString();
        Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> api.get(path).json().path("status").asString(), "succeeded"::equals);
    }

    private String aggregator(
            String name,
            String type,
            String operation,
            @Nullable String property,
            String unit,
            @Nullable Map<String, Object> filter) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("event_type", type);
        body.put("operation", operation);
        if (property != null) {
            body.put("property", property);
        }
        if (filter != null) {
            body.put("filter", filter);
        }
        body.put("unit_name", unit);
        return made(api.post("/v1/aggregators", body)).json().path("id").asString();
    }

    private String product(String name, String type, @Nullable String aggregator, Map<String, Object> price) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("type", type);
        if (aggregator != null) {
            body.put("aggregator_id", aggregator);
        }
        body.put("prices", List.of(Map.of("currency", "EUR", "price", price)));
        return made(api.post("/v1/products", body)).json().path("id").asString();
    }

    private static Map<String, Object> tier(@Nullable String upTo, String amount) {
        Map<String, Object> tier = new LinkedHashMap<>();
        tier.put("up_to", upTo);
        tier.put("unit_amount", amount);
        return tier;
    }

    private static Answer made(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isLessThan(300);
        return answer;
    }

    private static String id(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-").replaceAll("-$", "");
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
