package io.meterline.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.ServerProcess;
import io.meterline.testing.TcpProxy;
import io.meterline.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A source that is written to all the time, pulled every second without any overlap while the server is killed, the
 * connection is cut, the source is restarted and a transaction stays open: after quiet, every figure is the source's.
 */
final class LiveSourceTest {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSourceTest.class);
    private static final Map<String, String> SETTINGS = Map.of(
            "store.memory_limit",
            "300 MiB",
            "store.threads",
            "2",
            "loader.retry_delay",
            "PT1S",
            "loader.retries",
            "20");

    /** A loader, who reads, which rows, and the column of its cursor. */
    private enum Pull {
        /** Knows when transactions began. */
        EXACT("watcher", "true", "updated_at", "\"overlap\":\"PT0S\""),
        /** Knows their numbers only. */
        PLAIN("plain", "id % 10 = 3", "updated_at", "\"overlap\":\"PT0S\""),
        /** Follows a number that is given before the commit. */
        NUMBERS("plain", "id % 10 = 7", "change", "\"overlap\":0");

        private final String user;
        private final String rows;
        private final String column;
        private final String overlap;

        Pull(String user, String rows, String column, String overlap) {
            this.user = user;
            this.rows = rows;
            this.column = column;
            this.overlap = overlap;
        }
    }

    @TempDir
    Path folder;

    private final Map<Pull, String> loaders = new LinkedHashMap<>();

    @Test
    void everyFigureIsTheSourcesAfterAKillACutARestartAndALateCommit() throws Exception {
        disturb(20_000, 1, 60, new Random().nextLong());
    }

    @Test
    @Tag("long")
    void everyFigureIsTheSourcesAfterFiveOfEachOverManyRows() throws Exception {
        disturb(Integer.getInteger("meterline.test.rows", 5_000_000), 5, 1_500, new Random().nextLong());
    }

    /** @param writes transactions of the writers between one disturbance and the next */
    private void disturb(int rows, int times, int writes, long seed) throws Exception {
        LOG.info("seed {}", seed);
        Random random = new Random(seed);
        try (BusySource source = new BusySource(folder.resolve("source"), rows);
                TcpProxy proxy = TcpProxy.to(source.port())) {
            ServerProcess server = start();
            try {
                createLoaders(server, proxy.port());
                awaitSuccess(server, Instant.EPOCH);
                source.startWriting(seed);
                source.beginLate();
                Instant late = Instant.now();
                for (int i = 0; i < times; i++) {
                    awaitWrites(source, writes);
                    awaitRunning(server);
                    LockSupport.parkNanos(random.nextInt(30_000_000));
                    server.kill();
                    server = start();
                    awaitWrites(source, writes);
                    proxy.cutAfter(random.nextInt(200_000));
                    awaitSuccess(server, Instant.now());
                }
                source.commitLate();
                LOG.info("a transaction was open for {}", Duration.between(late, Instant.now()));
                for (int i = 0; i < times; i++) {
                    awaitWrites(source, writes);
                    source.restart();
                    awaitWrites(source, writes);
                }
                source.stopWriting();
                awaitSuccess(server, Instant.now());
                LOG.info("{} transactions, {} ended by restarts", source.committed(), source.failed());
                for (Pull pull : Pull.values()) {
                    assertEqualsTheSource(client(server), source, pull, seed);
                }
                logRuns(server);
            } finally {
                server.close();
            }
        }
    }

    private ServerProcess start() {
        return ServerProcess.start(folder.resolve("data"), SETTINGS, List.of());
    }

    private static ApiClient client(ServerProcess server) {
        return ApiClient.at(server.base(), TestServer.LIVE_KEY);
    }

    private void createLoaders(ServerProcess server, int port) {
        for (Pull pull : Pull.values()) {
            String connection = created(
                    server,
                    "/v1/connections",
                    "{\"name\":\"%s\",\"url\":\"postgres://%s:x@localhost:%d/postgres\"}"
                            .formatted(pull, pull.user, port));
            loaders.put(pull, created(server, "/v1/loaders", """
                            {"name":"%s","connection_id":"%s","event_type":"%s","refresh":"* * * * * *",
                             "query":"select id, 'customer ' || customer as \\"customerId\\", created_at as timestamp, amount,
                                      version, updated_at, change from usage where %s and %s > :cursor",
                             "cursor":{"column":"%s",%s}}""".formatted(
                            pull, connection, pull, pull.rows, pull.column, pull.column, pull.overlap)
                    .replace("\n", " ")));
        }
    }

    private static String created(ServerProcess server, String path, String body) {
        Answer answer = client(server).post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static void awaitWrites(BusySource source, int writes) {
        int before = source.committed();
        await().atMost(Duration.ofMinutes(2)).until(() -> source.committed() >= before + writes);
    }

    private void awaitRunning(ServerProcess server) {
        String path = "/v1/loaders/" + loaders.get(Pull.EXACT);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> client(server)
                        .get(path)
                        .json()
                        .at("/last_run/status")
                        .asString()
                        .equals("running"));
    }

    /** Waits until each loader has had a run that began after a moment and succeeded. */
    private void awaitSuccess(ServerProcess server, Instant after) {
        for (String loader : loaders.values()) {
            await().atMost(Duration.ofMinutes(20))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> succeeded(client(server), loader, after));
        }
    }

    private static boolean succeeded(ApiClient client, String loader, Instant after) {
        for (JsonNode run : client.get("/v1/loaders/" + loader + "/runs").json().path("data")) {
            if (run.path("status").asString().equals("succeeded")
                    && Instant.parse(run.path("started_at").asString()).isAfter(after)) {
                return true;
            }
        }
        return false;
    }

    private static void assertEqualsTheSource(ApiClient client, BusySource source, Pull pull, long seed) {
        for (String property : List.of("amount", "version")) {
            JsonNode usage = usage(client, pull, property);
            List<String> groups = new ArrayList<>();
            for (JsonNode group : usage.path("groups")) {
                groups.add(group.at("/key/external_customer_id").asString() + " "
                        + group.path("events").asString() + " "
                        + group.path("value").asString());
            }
            assertThat(groups)
                    .as("%s of %s, seed %d", property, pull, seed)
                    .containsExactlyInAnyOrderElementsOf(source.query("""
                            select 'customer ' || customer || ' ' || count(*) || ' ' || trim_scale(sum(%s)::numeric)
                            from usage where %s group by customer""".formatted(property, pull.rows)));
            assertThat(usage.path("events").asString() + " "
                            + usage.path("value").asString())
                    .isEqualTo(source.query("select count(*) || ' ' || trim_scale(sum(%s)::numeric) from usage where %s"
                                    .formatted(property, pull.rows))
                            .getFirst());
        }
    }

    private static JsonNode usage(ApiClient client, Pull pull, String property) {
        Answer answer = client.post("/v1/usage/query", """
                {"aggregator":{"name":"a","event_type":"%s","operation":"sum","property":"%s"},
                 "mode":"all_time","to":"2200-01-01T00:00:00Z","group_by":["customer_id"],"take":100}""".formatted(pull, property));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void logRuns(ServerProcess server) {
        loaders.forEach((pull, loader) -> {
            Map<String, Integer> ends = new LinkedHashMap<>();
            long read = 0;
            for (JsonNode run : client(server)
                    .get("/v1/loaders/" + loader + "/runs?take=100")
                    .json()
                    .path("data")) {
                String code = run.at("/error/code").asString("");
                ends.merge(run.path("status").asString() + " " + code, 1, Integer::sum);
                read += run.path("rows_read").asLong();
            }
            LOG.info("{}: last runs {}, {} rows read", pull, ends, read);
        });
    }
}
