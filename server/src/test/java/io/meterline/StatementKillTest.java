package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.ServerProcess;
import io.meterline.testing.TestServer;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The server is killed while statements are closed and usage of their periods is still coming in and corrected: what was
 * closed stays as it was answered, and in the end the sum of all statements is the price of the usage.
 */
final class StatementKillTest {

    private static final int DAYS = 30;
    private static final Map<String, String> SETTINGS =
            Map.of("store.fold_rows", "300", "store.memory_limit", "256 MiB", "store.threads", "2");
    private static final String PRICE =
            "{\"model\":\"graduated\",\"tiers\":[{\"up_to\":\"100\",\"unit_amount\":\"0.333\",\"flat_amount\":\"1\"},{\"up_to\":null,\"unit_amount\":\"0.1\"}]}";

    @TempDir
    Path folder;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(DAYS));
    private final Map<Integer, JsonNode> closed = new HashMap<>();
    private Random random = new Random();
    private String subscription = "";
    private String aggregator = "";

    @Test
    void closedStatementsSurviveAFewKillsAndAddUp() throws Exception {
        killAndCheck(2, new Random().nextLong());
    }

    @Test
    @Tag("long")
    void closedStatementsSurviveTwentyKillsAndAddUp() throws Exception {
        killAndCheck(20, new Random().nextLong());
    }

    private void killAndCheck(int kills, long seed) throws Exception {
        random = new Random(seed);
        Path data = folder.resolve("data");
        for (int kill = 0; kill < kills; kill++) {
            try (ServerProcess server = ServerProcess.start(data, SETTINGS, List.of())) {
                ApiClient client = ApiClient.at(server.base(), TestServer.LIVE_KEY);
                if (subscription.isEmpty()) {
                    subscribe(client);
                }
                checkClosed(client, seed);
                workUntilKilled(server, client, DAYS * (kill + 1) / (kills + 1));
            }
        }
        try (ServerProcess server = ServerProcess.start(data, SETTINGS, List.of())) {
            ApiClient client = ApiClient.at(server.base(), TestServer.LIVE_KEY);
            checkClosed(client, seed);
            while (closeNext(client)) {
                assertThat(closed.size()).isLessThan(2 * DAYS);
            }
            BigDecimal billed = closed.values().stream()
                    .map(statement -> new BigDecimal(statement.path("total").asString()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(billed).as("seed %d", seed).isEqualByComparingTo(due(client));
        }
    }

    private void subscribe(ApiClient client) {
        aggregator = created(
                client,
                "/v1/aggregators",
                "{\"name\":\"N\",\"event_type\":\"e\",\"operation\":\"sum\",\"property\":\"n\"}");
        String product = created(client, "/v1/products", """
                {"name":"N","type":"dynamic","aggregator_id":"%s","prices":[
                 {"currency":"EUR","interval":{"period":"days"},"price":%s}]}""".formatted(aggregator, PRICE));
        assertThat(client.post("/v1/customers", "{\"external_id\":\"acme\"}").status())
                .isEqualTo(201);
        subscription =
                created(client, "/v1/subscriptions", """
                {"customer_id":"acme","currency":"EUR","interval":{"period":"days"},"starts_at":"%s","ends_at":"%s",
                 "products":[{"product_id":"%s"}]}""".formatted(start, start.plus(Duration.ofDays(DAYS)), product));
    }

    private static String created(ApiClient client, String path, String body) {
        Answer answer = client.post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    /** Pushes and closes at once; somewhere after so many closes the server is gone. */
    private void workUntilKilled(ServerProcess server, ApiClient client, int closes) throws Exception {
        AtomicBoolean gone = new AtomicBoolean();
        Random pushes = new Random(random.nextLong());
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> pushing = threads.submit(() -> until(gone, () -> push(client, pushes)));
            Future<?> closing = threads.submit(() -> until(gone, () -> {
                if (closed.size() < closes) {
                    closeNext(client);
                }
            }));
            LockSupport.parkNanos(Duration.ofMillis(500 + random.nextInt(1_500)).toNanos());
            gone.set(true);
            server.kill();
            pushing.get();
            closing.get();
        }
    }

    private static void until(AtomicBoolean gone, Runnable work) {
        while (!gone.get()) {
            try {
                work.run();
            } catch (RuntimeException | AssertionError e) {
                if (!gone.get()) {
                    throw e;
                }
            }
        }
    }

    private void push(ApiClient client, Random pushes) {
        StringBuilder events = new StringBuilder("[");
        for (int i = 0; i < 5; i++) {
            Instant time = start.plusSeconds(pushes.nextInt(DAYS * 86_400));
            events.append(i == 0 ? "" : ",")
                    .append("""
                            {"customer_id":"acme","event_type":"e","timestamp":"%s","record":{"id":%d,"n":%d.%d}}""".formatted(time, pushes.nextInt(400), pushes.nextInt(50), pushes.nextInt(10)));
        }
        assertThat(client.post("/v1/events/batch", events.append(']').toString())
                        .status())
                .isEqualTo(201);
    }

    /** Closes the first that is open; false when there is none. */
    private boolean closeNext(ApiClient client) {
        int number = closed.size() + 1;
        Answer answer = client.post("/v1/statements/" + statement(number) + "/close");
        if (answer.status() == 404) {
            return false;
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        closed.put(number, answer.json());
        return true;
    }

    private void checkClosed(ApiClient client, long seed) {
        closed.forEach((number, answered) -> assertThat(
                        client.get("/v1/statements/" + statement(number)).json())
                .as("seed %d", seed)
                .isEqualTo(answered));
    }

    /** What the usage of each day costs, asked of the other side: usage by day, and a preview of the price. */
    private BigDecimal due(ApiClient client) {
        Answer usage = client.get("/v1/aggregators/" + aggregator + "/usage?window=day&from=" + start + "&to="
                + start.plus(Duration.ofDays(DAYS)));
        assertThat(usage.status()).as(usage.text()).isEqualTo(200);
        BigDecimal due = BigDecimal.ZERO;
        for (JsonNode day : usage.json().path("windows")) {
            String quantity =
                    day.path("value").isNull() ? "0" : day.path("value").asString();
            Answer preview = client.post("/v1/prices/preview", """
                    {"currency":"EUR","price":%s,"quantities":["%s"]}""".formatted(PRICE, quantity));
            due = due.add(new BigDecimal(preview.json().at("/points/0/amount").asString()));
        }
        return due;
    }

    private String statement(int number) {
        return "sta_" + subscription.substring("sub_".length()) + "_" + number;
    }
}
