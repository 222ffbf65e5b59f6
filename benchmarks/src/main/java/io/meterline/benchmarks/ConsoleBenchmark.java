package io.meterline.benchmarks;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Pages of the console in Chromium, with 1 M events of 10,000 customers in the store: until the first paint, and until the
 * parts that a page asks for afterwards stand as well. Baseline: the first paint of the page to sign in on, which needs the
 * same style sheet and fonts and no data.
 */
final class ConsoleBenchmark {

    private static final String HOME = "/console/live";
    private static final int WARM_UP_VISITS = 3;
    private static final int VISITS = 11;
    private static final int SUBSCRIPTIONS = 50;

    // Until the browser has put the page before away: nobody clicks fifty times a second.
    private static final double REST_MILLIS = 200;

    // All in milliseconds since the browser began to ask for the page.
    private static final String ANSWERED = "() => performance.getEntriesByType('navigation')[0].responseStart";
    private static final String PAINTED =
            "() => performance.getEntriesByType('paint').find(it => it.name === 'first-contentful-paint')?.startTime ?? -1";
    private static final String NOW = "() => performance.now()";
    private static final String NOTHING_IS_ASKED =
            "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
                    + " && performance.getEntriesByName('first-contentful-paint').length > 0";

    private final Bench bench;
    private final Report report;
    private final long rows;
    private final Workload workload;

    ConsoleBenchmark(Bench bench) {
        this.bench = bench;
        this.report = bench.report();
        this.rows = bench.rowsOr(1_000_000);
        this.workload = bench.workload(rows);
    }

    void run() throws IOException, InterruptedException {
        try (Bench.Fresh fresh = bench.fresh()) {
            Map<String, String> pages;
            try (Api api = new Api(fresh.port())) {
                Ledger ledger = new Ledger(workload, rows);
                new Load(workload, ledger, fresh.port(), Load.Shape.batches().minimally(), 0, rows)
                        .run(Bench.NO_LIMIT_SECONDS);
                api.verify(workload, ledger);
                pages = pages(api);
            }
            fresh.restart(bench.jar());
            try (ConsoleWindow window = ConsoleWindow.on(fresh.server())) {
                measure(window, pages);
            }
            report.add("console: server memory, highest", fresh.server().memoryMiB("VmHWM"), "MiB");
        }
    }

    private void measure(ConsoleWindow window, Map<String, String> pages) throws IOException {
        for (int i = 0; i < WARM_UP_VISITS; i++) {
            for (String path : pages.values()) {
                open(window.page(), HOME + path);
            }
        }
        Processors processors = new Processors();
        double slowest = 0;
        for (Map.Entry<String, String> page : pages.entrySet()) {
            slowest = Math.max(slowest, visit(window.page(), page.getKey(), HOME + page.getValue()));
        }
        report.add("console, the slowest page's first paint p50", slowest, "ms");
        report.add("console: processors taken by others", processors.percentTakenByOthers(), "%");
        if (bench.baselines()) {
            window.forget();
            double baseline = visit(window.page(), "baseline, sign in", "/console/sign-in");
            report.ratio("console, slowest page / sign in", slowest, baseline);
        }
    }

    private Map<String, String> pages(Api api) throws IOException {
        String aggregator = api.sumOf(0);
        String product = product(api, aggregator);
        String subscription = "";
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            subscription = subscription(api, product, i);
        }
        String statement = api.get("/v1/subscriptions/" + subscription + "/statements?at="
                        + workload.months().text(1))
                .path("id")
                .asString();
        String event = api.get("/v1/events?take=1").at("/data/0/id").asString();
        String customer = Workload.customerName(SUBSCRIPTIONS - 1);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("overview", "");
        pages.put("events", "/events");
        pages.put("events of a type", "/events?type=" + Workload.typeName(1));
        pages.put("events of a customer", "/events?customer=" + customer);
        pages.put("event", "/events/" + event);
        pages.put("rejected", "/events/rejected");
        pages.put("loaders", "/loaders");
        pages.put("loader, new", "/loaders/new");
        pages.put("imports", "/imports");
        pages.put("customers", "/customers");
        pages.put("customers, pending", "/customers?status=automatically_created");
        pages.put("customer", "/customers/" + customer);
        pages.put("aggregators", "/aggregators");
        pages.put("aggregator", "/aggregators/" + aggregator);
        pages.put("aggregator, new", "/aggregators/new");
        pages.put("aggregator, edit", "/aggregators/" + aggregator + "/edit");
        pages.put("products", "/products");
        pages.put("product", "/products/" + product);
        pages.put("product, new", "/products/new");
        pages.put("subscriptions", "/subscriptions");
        pages.put("subscription", "/subscriptions/" + subscription);
        pages.put("statement", "/statements/" + statement);
        pages.put("simulations", "/simulations");
        pages.put("simulation, new", "/simulations/new");
        pages.put("search", "/search?q=customer-0000004");
        pages.put("settings", "/settings");
        pages.put("settings, users", "/settings/users");
        pages.put("settings, audit log", "/settings/audit");
        return pages;
    }

    private static String product(Api api, String aggregator) throws IOException {
        return api.post(
                        "/v1/products",
                        "{\"name\":\"Usage\",\"type\":\"dynamic\",\"aggregator_id\":\"%s\",\"prices\":[{\"currency\":\"EUR\",\"price\":{\"model\":\"graduated\",\"tiers\":[{\"up_to\":\"10000\",\"unit_amount\":\"0.01\"},{\"up_to\":null,\"unit_amount\":\"0.005\"}]}}]}"
                                .formatted(aggregator))
                .path("id")
                .asString();
    }

    private String subscription(Api api, String product, int customer) throws IOException {
        JsonNode made = api.post(
                "/v1/subscriptions",
                "{\"customer_id\":\"%s\",\"currency\":\"EUR\",\"starts_at\":\"%s\",\"products\":[{\"product_id\":\"%s\"}]}"
                        .formatted(
                                Workload.customerName(customer),
                                workload.months().text(0),
                                product));
        return made.path("id").asString();
    }

    /** Notes the times of a page, and gives the p50 of its first paint. */
    private double visit(Page page, String name, String path) throws IOException {
        Latencies answered = new Latencies();
        Latencies painted = new Latencies();
        Latencies complete = new Latencies();
        for (int i = 0; i < VISITS; i++) {
            open(page, path);
            complete.add((long) (number(page, NOW) * 1e6));
            answered.add((long) (number(page, ANSWERED) * 1e6));
            painted.add((long) (number(page, PAINTED) * 1e6));
        }
        report.add("console, " + name + ": first byte p50", answered.millis(500), "ms");
        report.add("console, " + name + ": first paint p50", painted.millis(500), "ms");
        report.add("console, " + name + ": first paint max", painted.millis(1_000), "ms");
        report.add("console, " + name + ": all there p50", complete.millis(500), "ms");
        return painted.millis(500);
    }

    private static void open(Page page, String path) throws IOException {
        page.navigate("about:blank");
        page.waitForTimeout(REST_MILLIS);
        Response answer = page.navigate(path);
        if (answer.status() != 200) {
            throw new IOException(path + ": " + answer.status());
        }
        page.waitForFunction(NOTHING_IS_ASKED);
    }

    private static double number(Page page, String script) {
        return ((Number) page.evaluate(script)).doubleValue();
    }
}
