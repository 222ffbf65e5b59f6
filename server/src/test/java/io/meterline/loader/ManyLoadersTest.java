package io.meterline.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.loader.source.SourceServer;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.ServerProcess;
import io.meterline.testing.TcpProxy;
import io.meterline.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Two hundred loaders are due in one minute, and the source of twenty of them accepts connections and says nothing. */
final class ManyLoadersTest {

    private static final Logger LOG = LoggerFactory.getLogger(ManyLoadersTest.class);
    private static final int HEALTHY = 180;
    private static final int CONNECTIONS = 9;
    private static final int SILENT = 20;
    private static final int ROWS = 1_000;
    private static final Duration ALLOWED = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    @Tag("long")
    void theOtherLoadersAreDoneInTwoMinutes() {
        SourceServer source = SourceServer.shared();
        source.execute("DROP TABLE IF EXISTS many; CREATE TABLE many AS SELECT g AS id, 'c' || g % 50 AS who, 1 AS n"
                + " FROM generate_series(1, " + ROWS + ") g");
        try (TcpProxy proxy = TcpProxy.to(source.port());
                ServerProcess server = ServerProcess.start(folder.resolve("data"), Map.of(), List.of())) {
            ApiClient client = ApiClient.at(server.base(), TestServer.LIVE_KEY);
            List<String> healthy = new ArrayList<>();
            for (int c = 0; c < CONNECTIONS; c++) {
                String connection = connection(client, source.port());
                for (int i = 0; i < HEALTHY / CONNECTIONS; i++) {
                    healthy.add(loader(client, connection, healthy.size()));
                }
            }
            List<String> silent = new ArrayList<>();
            String silentConnection = connection(client, proxy.port());
            for (int i = 0; i < SILENT; i++) {
                silent.add(loader(client, silentConnection, HEALTHY + i));
            }
            List<String> all = new ArrayList<>(healthy);
            all.addAll(silent);
            awaitSuccess(client, all, Instant.EPOCH);
            List<Long> before = pushes(client, Instant.now().plusSeconds(30));

            // Every row will have to be written again.
            source.execute("UPDATE many SET n = 2");
            proxy.fallSilent();
            ZonedDateTime due = ZonedDateTime.now(ZoneOffset.UTC)
                    .plusSeconds(30)
                    .truncatedTo(ChronoUnit.MINUTES)
                    .plusMinutes(1);
            String cron =
                    "%d %d %d %d *".formatted(due.getMinute(), due.getHour(), due.getDayOfMonth(), due.getMonthValue());
            for (String loader : all) {
                refresh(client, loader, cron);
            }
            await().atMost(Duration.ofMinutes(3)).until(() -> Instant.now().isAfter(due.toInstant()));
            // All of them begin within half a minute.
            List<Long> during = pushes(client, due.toInstant().plusSeconds(30));
            awaitSuccess(client, healthy, due.toInstant());

            Instant last = Instant.EPOCH;
            for (String loader : healthy) {
                JsonNode run = lastRun(client, loader);
                assertThat(run.path("rows_corrected").asInt())
                        .as(run.toString())
                        .isEqualTo(ROWS);
                Instant finished = Instant.parse(run.path("finished_at").asString());
                last = finished.isAfter(last) ? finished : last;
            }
            LOG.info("the last of {} was done {} after the minute", HEALTHY, Duration.between(due.toInstant(), last));
            LOG.info(
                    "{} pushes in 30 s, p50 {} / p99 {} µs before; {}, {} / {} µs meanwhile",
                    before.size(),
                    median(before),
                    p99(before),
                    during.size(),
                    median(during),
                    p99(during));
            assertThat(Duration.between(due.toInstant(), last)).isLessThan(ALLOWED);
            assertThat(silent)
                    .noneMatch(loader ->
                            lastRun(client, loader).path("status").asString().equals("succeeded"));
        }
    }

    private static String connection(ApiClient client, int port) {
        return created(
                client,
                "/v1/connections",
                Map.of("name", "many", "url", "postgres://postgres:x@localhost:" + port + "/postgres"));
    }

    private static String loader(ApiClient client, String connection, int number) {
        return created(client, "/v1/loaders", body(connection, number, "manual"));
    }

    private static Map<String, Object> body(String connection, int number, String refresh) {
        return Map.of(
                "name",
                Integer.toString(number),
                "connection_id",
                connection,
                "event_type",
                "many_" + number % 20,
                "refresh",
                refresh,
                "query",
                "SELECT id + " + number * ROWS
                        + " AS id, who AS \"customerId\", timestamp '2026-01-01' AS timestamp, n FROM many");
    }

    /** Without the run that a change starts at once: paused while it is changed. */
    private static void refresh(ApiClient client, String loader, String cron) {
        JsonNode now = client.post("/v1/loaders/" + loader + "/pause").json();
        Answer changed = client.put(
                "/v1/loaders/" + loader,
                body(
                        now.path("connection_id").asString(),
                        Integer.parseInt(now.path("name").asString()),
                        cron));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        client.post("/v1/loaders/" + loader + "/resume");
    }

    private static String created(ApiClient client, String path, Object body) {
        Answer answer = client.post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static JsonNode lastRun(ApiClient client, String loader) {
        return client.get("/v1/loaders/" + loader).json().path("last_run");
    }

    private static void awaitSuccess(ApiClient client, List<String> loaders, Instant after) {
        for (String loader : loaders) {
            await().atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        JsonNode run = lastRun(client, loader);
                        return run.path("status").asString().equals("succeeded")
                                && Instant.parse(run.path("started_at").asString())
                                        .isAfter(after);
                    });
        }
    }

    /** How long each push took until then, in µs, in order. */
    private static List<Long> pushes(ApiClient client, Instant until) {
        List<Long> micros = new ArrayList<>();
        while (Instant.now().isBefore(until)) {
            long began = System.nanoTime();
            Answer answer = client.post("/v1/events", """
                    {"customer_id":"a","event_type":"pushed","timestamp":"2026-01-01T00:00:00Z","record":{"id":%d,"n":1}}""".formatted(micros.size()));
            micros.add((System.nanoTime() - began) / 1_000);
            assertThat(answer.status()).isEqualTo(201);
        }
        Collections.sort(micros);
        return micros;
    }

    private static long median(List<Long> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static long p99(List<Long> sorted) {
        return sorted.get(sorted.size() * 99 / 100);
    }
}
