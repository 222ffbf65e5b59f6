package io.meterline.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import tools.jackson.databind.JsonNode;

/**
 * A simulation of twelve months of 100,000 customers: the prices of today and three candidates. A sample of 1 % is calculated
 * again one customer at a time, from usage and price previews. Baseline: the usage alone, by the grouped SQL on a plain
 * DuckDB table ordered by customer and time.
 */
final class SimulateBenchmark {

    private static final int RUNS = 5;
    private static final int CLIENTS = 4;
    private static final int EVENTS_A_REQUEST = 5_000;
    private static final int OWN_PRICES = 200;
    private static final int SAMPLE_EVERY = 100;
    private static final Duration MOST = Duration.ofMinutes(30);
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final String CURRENT =
            "{\"model\":\"graduated\",\"tiers\":[{\"up_to\":\"50\",\"unit_amount\":\"0.12\"},{\"up_to\":\"200\",\"unit_amount\":\"0.1\"},{\"up_to\":null,\"unit_amount\":\"0.07\"}],\"minimum_amount\":\"2\"}";
    private static final String OWN = "{\"model\":\"per_unit\",\"unit_amount\":\"0.09\",\"free_units\":\"10\"}";
    private static final List<String> CANDIDATES = List.of(
            "{\"model\":\"volume\",\"tiers\":[{\"up_to\":\"100\",\"unit_amount\":\"0.11\"},{\"up_to\":null,\"unit_amount\":\"0.08\"}]}",
            "{\"model\":\"package\",\"package_size\":\"25\",\"package_amount\":\"2.75\"}",
            "{\"model\":\"graduated\",\"tiers\":[{\"up_to\":\"20\",\"unit_amount\":\"0\",\"flat_amount\":\"3\"},{\"up_to\":null,\"unit_amount\":\"0.085\"}],\"discount_percent\":\"5\"}");
    private static final String SPLIT =
            "{\"model\":\"graduated\",\"tiers\":[{\"up_to\":\"20\",\"unit_amount\":\"0.1\"},{\"up_to\":null,\"unit_amount\":\"0.05\"}],\"apply_per\":{\"group_by\":[\"region\"]}}";
    private static final String PERCENTAGE =
            "{\"model\":\"percentage\",\"rate\":\"0.029\",\"fixed_amount\":\"0.30\",\"free_events\":\"1\"}";

    private final Bench bench;
    private final Report report;
    private final SimulatedYear year;

    SimulateBenchmark(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
        // The benchmarks' months are the last three; a year ends with them.
        this.year = new SimulatedYear(
                bench.rowsOr(3_600_000), new Months(bench.firstMonth().minusMonths(9)));
    }

    void run() throws IOException, InterruptedException, SQLException {
        try (Bench.Fresh fresh = bench.fresh()) {
            load(fresh.port());
            String aggregator;
            String product;
            try (Api api = new Api(fresh.port())) {
                aggregator = api.post(
                                "/v1/aggregators",
                                "{\"name\":\"calls\",\"event_type\":\"calls\",\"operation\":\"sum\",\"property\":\"amount\"}")
                        .path("id")
                        .asString();
                product = api.post(
                                "/v1/products",
                                "{\"name\":\"Calls\",\"type\":\"dynamic\",\"aggregator_id\":\"%s\",\"prices\":[{\"currency\":\"EUR\",\"price\":%s}]}"
                                        .formatted(aggregator, CURRENT))
                        .path("id")
                        .asString();
                for (int i = 0; i < OWN_PRICES; i++) {
                    api.post(
                            "/v1/subscriptions",
                            "{\"customer_id\":\"%s\",\"currency\":\"EUR\",\"starts_at\":\"%s\",\"products\":[{\"product_id\":\"%s\",\"overrides\":[{\"price\":%s}]}]}"
                                    .formatted(
                                            Workload.customerName(own(i)),
                                            year.months().text(0),
                                            product,
                                            OWN));
                }
            }
            fresh.restart(bench.jar());
            try (Api api = new Api(fresh.port())) {
                settled(api);
                report.add("server memory before", fresh.server().memoryMiB("VmHWM"), "MiB");
                Latencies seconds = new Latencies();
                Processors processors = new Processors();
                String last = "";
                for (int run = 0; run < RUNS; run++) {
                    long start = System.nanoTime();
                    last = simulate(api, product, "\"all\"", CANDIDATES);
                    seconds.add(System.nanoTime() - start);
                }
                report.add("simulation of 12 months, 100,000 customers: fastest", seconds.millis(0) / 1_000, "s");
                report.add("simulation, 4 scenarios: median of 5", seconds.millis(500) / 1_000, "s");
                report.add("simulation, 4 scenarios: slowest", seconds.millis(1_000) / 1_000, "s");
                report.add("processors taken by others", processors.percentTakenByOthers(), "%");
                report.add("server memory after, highest", fresh.server().memoryMiB("VmHWM"), "MiB");
                long start = System.nanoTime();
                api.get("/v1/simulations/" + last + "/customers?take=100");
                report.add("first page of customers", (System.nanoTime() - start) / 1e6, "ms");
                start = System.nanoTime();
                simulate(api, product, "\"all\"", List.of(CANDIDATES.getFirst(), SPLIT));
                report.add("with a candidate split by a property", (System.nanoTime() - start) / 1e9, "s");
                start = System.nanoTime();
                simulate(api, product, "\"all\"", List.of(CANDIDATES.getFirst(), PERCENTAGE));
                report.add("with a percentage of each event", (System.nanoTime() - start) / 1e9, "s");
                verify(api, product, aggregator, last);
                report.add("server memory at the end, highest", fresh.server().memoryMiB("VmHWM"), "MiB");
                if (bench.baselines()) {
                    double baseline = baseline();
                    report.add("baseline: usage by customer and month in DuckDB", baseline, "s");
                    report.ratio("simulation / DuckDB", seconds.millis(500) / 1_000, baseline);
                }
            }
        }
    }

    private static int own(int number) {
        return number * (SimulatedYear.CUSTOMERS / OWN_PRICES);
    }

    private void load(int port) throws InterruptedException, IOException {
        AtomicLong next = new AtomicLong();
        long start = System.nanoTime();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(clients.submit(() -> {
                    push(port, next);
                    return null;
                }));
            }
            for (Future<Void> client : all) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("loading failed", e.getCause());
        }
        report.add("loading", year.rows() / ((System.nanoTime() - start) / 1e9), "events/s");
    }

    private void push(int port, AtomicLong next) throws IOException, InterruptedException {
        try (HttpConnection connection = new HttpConnection(port)) {
            for (long from = next.getAndAdd(EVENTS_A_REQUEST);
                    from < year.rows();
                    from = next.getAndAdd(EVENTS_A_REQUEST)) {
                byte[] lines = year.lines(from, Math.min(year.rows(), from + EVENTS_A_REQUEST));
                byte[] head = ("POST /v1/events/batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + ServerProcess.KEY
                                + "\r\nContent-Type: application/x-ndjson\r\nPrefer: return=minimal\r\nContent-Length: "
                                + lines.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8);
                byte[] request = new byte[head.length + lines.length];
                System.arraycopy(head, 0, request, 0, head.length);
                System.arraycopy(lines, 0, request, head.length, lines.length);
                HttpConnection.Answer answer = Polls.until(MOST, BETWEEN, () -> {
                    HttpConnection.Answer now = connection.send(request, request.length, true);
                    return now.status() == 503 ? null : now;
                });
                if (answer.status() != 201 || !answer.tail().contains("\"events_failed\":[]")) {
                    throw new IOException("not all events were taken: " + answer);
                }
            }
        }
    }

    private void settled(Api api) throws IOException {
        JsonNode usage = api.post(
                "/v1/usage/query",
                "{\"aggregator\":{\"event_type\":\"calls\",\"operation\":\"sum\",\"property\":\"amount\"},\"from\":\"%s\",\"to\":\"%s\"}"
                        .formatted(year.months().text(0), year.months().text(SimulatedYear.MONTHS)));
        long hundredths = 0;
        for (long i = 0; i < year.rows(); i++) {
            hundredths += year.amount(i);
        }
        Api.same("all usage", new Ledger.Total(year.rows(), hundredths), usage);
    }

    private static String simulate(Api api, String product, String customers, List<String> prices)
            throws IOException, InterruptedException {
        StringBuilder candidates = new StringBuilder();
        for (String price : prices) {
            candidates
                    .append(candidates.isEmpty() ? "" : ",")
                    .append("{\"name\":\"")
                    .append((char) ('a' + prices.indexOf(price)))
                    .append("\",\"price\":")
                    .append(price)
                    .append('}');
        }
        String id = api.post(
                        "/v1/simulations",
                        "{\"product_id\":\"%s\",\"customers\":%s,\"candidates\":[%s],\"dry_run\":false}"
                                .formatted(product, customers, candidates))
                .path("id")
                .asString();
        return Polls.until(MOST, BETWEEN, () -> {
            JsonNode simulation = api.get("/v1/simulations/" + id);
            return switch (simulation.path("status").asString()) {
                case "succeeded" -> id;
                case "queued", "running" -> null;
                default -> throw new IOException("the simulation did not succeed: " + simulation);
            };
        });
    }

    /** Calculates 1 % of the customers one at a time, by what they used in each month and what a preview says of that. */
    private void verify(Api api, String product, String aggregator, String all)
            throws IOException, InterruptedException {
        StringBuilder names = new StringBuilder();
        List<BigDecimal> totals = new ArrayList<>();
        for (int i = 0; i <= CANDIDATES.size(); i++) {
            totals.add(BigDecimal.ZERO);
        }
        int customers = 0;
        for (int customer = 0; customer < SimulatedYear.CUSTOMERS; customer += SAMPLE_EVERY) {
            names.append(names.isEmpty() ? "" : ",")
                    .append('"')
                    .append(Workload.customerName(customer))
                    .append('"');
            List<String> months = months(api, aggregator, customer);
            boolean isOwn = customer % (SimulatedYear.CUSTOMERS / OWN_PRICES) == 0;
            List<BigDecimal> amounts = new ArrayList<>();
            for (int i = 0; i < totals.size(); i++) {
                String price = i == 0 ? (isOwn ? OWN : CURRENT) : CANDIDATES.get(i - 1);
                amounts.add(amount(api, price, months));
                totals.set(i, totals.get(i).add(amounts.get(i)));
            }
            if (customer % (SAMPLE_EVERY * 50) == 0) {
                JsonNode row = api.get(
                                "/v1/simulations/" + all + "/customers?customer_id=" + Workload.customerName(customer))
                        .path("data");
                same(
                        "customer " + customer,
                        amounts,
                        row.path(0).path("baseline"),
                        row.path(0).path("candidates"));
            }
            customers++;
        }
        JsonNode result = api.get("/v1/simulations/" + simulate(api, product, "[" + names + "]", CANDIDATES))
                .path("result");
        same("the sample", totals, result.at("/baseline/amount"), result.path("candidates"));
        report.add("customers calculated again, equal to the cent", customers, "");
    }

    private List<String> months(Api api, String aggregator, int customer) throws IOException {
        JsonNode usage = api.get("/v1/customers/%s/usage/%s?from=%s&to=%s&window=month"
                .formatted(
                        Workload.customerName(customer),
                        aggregator,
                        year.months().text(0),
                        year.months().text(SimulatedYear.MONTHS)));
        List<String> months = new ArrayList<>();
        for (JsonNode month : usage.path("windows")) {
            if (!months.isEmpty() || month.path("events").asLong() > 0) {
                months.add(
                        month.path("value").isNull()
                                ? "\"0\""
                                : "\"" + month.path("value").asString() + "\"");
            }
        }
        return months;
    }

    private static BigDecimal amount(Api api, String price, List<String> quantities) throws IOException {
        JsonNode points = api.post(
                        "/v1/prices/preview",
                        "{\"currency\":\"EUR\",\"price\":%s,\"quantities\":[%s]}"
                                .formatted(price, String.join(",", quantities)))
                .path("points");
        BigDecimal amount = BigDecimal.ZERO;
        for (int i = 0; i < quantities.size(); i++) {
            amount = amount.add(new BigDecimal(points.path(i).path("amount").asString()));
        }
        return amount;
    }

    private static void same(String what, List<BigDecimal> expected, JsonNode baseline, JsonNode candidates) {
        boolean same = expected.getFirst().compareTo(new BigDecimal(baseline.asString())) == 0;
        for (int i = 1; i < expected.size(); i++) {
            String amount = candidates.path(i - 1).path("amount").asString();
            same &= expected.get(i).compareTo(new BigDecimal(amount)) == 0;
        }
        if (!same) {
            throw new IllegalStateException(
                    "%s must be %s, but the server says %s and %s".formatted(what, expected, baseline, candidates));
        }
    }

    private double baseline() throws IOException, SQLException {
        Path folder = Files.createTempDirectory(bench.folder(), "meterline-bench-duckdb-");
        Path file = folder.resolve("rows.duckdb");
        try (DuckDBConnection connection =
                DriverManager.getConnection("jdbc:duckdb:" + file).unwrap(DuckDBConnection.class)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE raw (customer BIGINT, ts BIGINT, amount DECIMAL(18,6))");
                try (DuckDBAppender appender = connection.createAppender("main", "raw")) {
                    for (long i = 0; i < year.rows(); i++) {
                        appender.beginRow()
                                .append((long) year.customer(i))
                                .append(year.second(i) * 1_000_000)
                                .append(BigDecimal.valueOf(year.amount(i) * 10_000, 6))
                                .endRow();
                    }
                }
                statement.execute("CREATE TABLE calls AS SELECT * FROM raw ORDER BY customer, ts");
                statement.execute("CHECKPOINT");
                Latencies latencies = new Latencies();
                for (int run = 0; run < RUNS; run++) {
                    long start = System.nanoTime();
                    try (ResultSet rows = statement.executeQuery(
                            "SELECT customer, date_trunc('month', make_timestamp(ts)) AS month, count(*), sum(amount) FROM calls GROUP BY ALL")) {
                        while (rows.next()) {
                            rows.getBigDecimal(4);
                        }
                    }
                    latencies.add(System.nanoTime() - start);
                }
                return latencies.millis(500) / 1_000;
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
