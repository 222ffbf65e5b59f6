package io.meterline.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Loaders and their runs over HTTP; every exchange is held against the API document. */
final class LoaderApiTest extends LoaderHttp {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0%206%20*%20*%201-5 | 5 | T06:00:00Z", "PT6H | 5 | :00:00Z", "manual | 0 | "})
    void theNextTimesOfARefreshAreToldBeforeThereIsALoader(String refresh, int count, @Nullable String end) {
        JsonNode next =
                client.get("/v1/loaders/schedule?refresh=" + refresh).json().path("next");

        assertThat(next).hasSize(count);
        next.forEach(time -> assertThat(time.asString()).endsWith(String.valueOf(end)));
    }

    @Test
    void aRefreshThatNobodyUnderstandsHasNoTimes() {
        assertThat(client.get("/v1/loaders/schedule?refresh=often").code()).isEqualTo("invalid_refresh");
    }

    @Test
    void aQueryIsPreviewedThenSavedThenRun() {
        String connection = fixture.connection().id();
        JsonNode preview = client.post("/v1/loaders/preview", Map.of("connection_id", connection, "query", QUERY))
                .json();
        assertThat(preview.path("rows")).hasSize(5);
        assertThat(preview.at("/rows/1").toString())
                .isEqualTo("{\"id\":\"2\",\"customerId\":\"a\",\"timestamp\":\"2026-01-01\",\"amount\":\"0.2\","
                        + "\"tags\":[\"2\"],\"nothing\":null,\"big\":true}");
        assertThat(preview.at("/columns/2/type").asString()).isEqualTo("date");
        assertThat(preview.path("took_ms").isIntegralNumber()).isTrue();

        Answer created = client.post("/v1/loaders", loader(connection, Map.of()));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().at("/last_run/status").asString()).isEqualTo("queued");
        assertThat(created.json().path("refresh").asString()).isEqualTo("PT1H");
        String id = created.json().path("id").asString();
        fixture.lastRun(fixture.loaders.get(LoaderFixture.LIVE, id).loader());

        assertThat(client.post("/v1/loaders/" + id + "/run").status()).isEqualTo(202);
        fixture.lastRun(fixture.loaders.get(LoaderFixture.LIVE, id).loader());
        JsonNode runs = client.get("/v1/loaders/" + id + "/runs").json();
        assertThat(runs.at("/data/0/rows_unchanged").asInt()).isEqualTo(7);
        assertThat(runs.at("/data/1/rows_written").asInt()).isEqualTo(7);
        String run = "/v1/loaders/" + id + "/runs/" + runs.at("/data/1/id").asString();
        assertThat(client.get(run).json().path("status").asString()).isEqualTo("succeeded");
        assertThat(client.post(run + "/cancel").json().path("status").asString())
                .isEqualTo("succeeded");
        assertThat(client.get("/v1/loaders?take=1")
                        .json()
                        .at("/data/0/last_run/status")
                        .asString())
                .isEqualTo("succeeded");

        assertThat(client.put("/v1/loaders/" + id, loader(connection, Map.of("name", "renamed")))
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("renamed");
        fixture.lastRun(fixture.loaders.get(LoaderFixture.LIVE, id).loader());
        assertThat(client.delete("/v1/connections/" + connection).code()).isEqualTo("connection_in_use");
        assertThat(client.delete("/v1/loaders/" + id + "?events=delete")
                        .json()
                        .path("events_deleted")
                        .asInt())
                .isEqualTo(7);
        assertThat(client.get("/v1/loaders/" + id).code()).isEqualTo("loader_not_found");
    }

    @Test
    void aLoaderReadsNoMoreThanItsOwnLimit() {
        String connection = fixture.connection().id();
        Answer created = client.post("/v1/loaders", loader(connection, Map.of("max_rows", 5)));
        assertThat(created.json().path("max_rows").asInt()).isEqualTo(5);
        assertThat(created.json().path("max_bytes").isNull()).isTrue();
        String id = created.json().path("id").asString();
        Run run = fixture.lastRun(fixture.loaders.get(LoaderFixture.LIVE, id).loader());

        assertThat(LoaderFixture.error(run)).satisfies(error -> {
            assertThat(String.valueOf(error)).contains("too_many_rows", "more than 5 rows, the limit max_rows");
        });
        Answer wider = client.put("/v1/loaders/" + id, loader(connection, Map.of("max_rows", 7, "max_bytes", 100_000)));
        assertThat(wider.status()).isEqualTo(200);
        assertThat(fixture.lastRun(fixture.loaders.get(LoaderFixture.LIVE, id).loader())
                        .counts()
                        .read())
                .isEqualTo(7);
        assertThat(client.post("/v1/loaders", loader(connection, Map.of("max_rows", 0)))
                        .code())
                .isEqualTo("invalid_value");
        assertThat(client.post("/v1/loaders", loader(connection, Map.of("max_rows", LoaderFixture.MAX_ROWS + 1)))
                        .code())
                .isEqualTo("limit_too_high");
    }

    @Test
    void deletingALoaderAsksWhatBecomesOfItsEvents() {
        String connection = fixture.connection().id();
        String id = client.post("/v1/loaders", loader(connection, Map.of()))
                .json()
                .path("id")
                .asString();

        assertThat(fixture.loaders.get(LoaderFixture.LIVE, id).loader().id()).isEqualTo(id);
        assertThat(client.send("DELETE", "/v1/loaders/" + id + "?events=some", null)
                        .code())
                .isEqualTo("invalid_parameter");
    }

    @Test
    void aCursorAndItsPlaceholderComeTogether() {
        String connection = fixture.connection().id();

        assertThat(client.post("/v1/loaders", loader(connection, Map.of("cursor", Map.of("column", "id"))))
                        .code())
                .isEqualTo("cursor_unused");
        assertThat(client.post("/v1/loaders", loader(connection, Map.of("query", QUERY + " where g > :cursor")))
                        .code())
                .isEqualTo("cursor_required");
        assertThat(client.post(
                                "/v1/loaders",
                                loader(connection, Map.of("query", QUERY + " where g > ':cursor'::text::int")))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aLoaderIsPausedResumedAndItsCursorMoved() {
        String connection = fixture.connection().id();
        Map<String, Object> cursor = Map.of("column", "id", "initial", 2, "overlap", 1, "full_reload", "P7D");
        String query = QUERY.replace("g as id", "g as id, g as n") + " where g > :cursor";
        assertThat(client.post(
                                "/v1/loaders/preview",
                                Map.of("connection_id", connection, "query", query, "cursor", cursor))
                        .json()
                        .at("/rows/0/id")
                        .asString())
                .isEqualTo("3");
        Answer created = client.post(
                "/v1/loaders", loader(connection, Map.of("query", query, "cursor", cursor, "refresh", "0 6 * * 1-5")));
        String path = "/v1/loaders/" + created.json().path("id").asString();
        fixture.lastRun(fixture.loaders
                .get(LoaderFixture.LIVE, created.json().path("id").asString())
                .loader());

        JsonNode loader = client.get(path).json();
        assertThat(loader.path("cursor").toString())
                .isEqualTo("{\"column\":\"id\",\"initial\":\"2\",\"overlap\":\"1\",\"full_reload\":\"P7D\","
                        + "\"value\":\"7\"}");
        assertThat(loader.at("/last_run/rows_read").asInt()).isEqualTo(5);
        assertThat(loader.at("/last_run/cursor_before").asString()).isEqualTo("2");
        assertThat(loader.at("/last_run/cursor_after").asString()).isEqualTo("7");
        assertThat(loader.path("next_run_at").asString()).startsWith("2026-06-01T06:00:");
        assertThat(client.post(path + "/pause").json().path("next_run_at").isNull())
                .isTrue();
        assertThat(client.post(path + "/pause").json().path("paused").asBoolean())
                .isTrue();
        assertThat(client.post(path + "/resume").json().path("next_run_at").asString())
                .isEqualTo(loader.path("next_run_at").asString());
        assertThat(client.post(path + "/cursor", Map.of("value", "x")).code()).isEqualTo("invalid_cursor");
        assertThat(client.post(path + "/cursor", Map.of()).code()).isEqualTo("invalid_value");
        assertThat(client.post(path + "/cursor", Map.of("value", 4))
                        .json()
                        .at("/cursor/value")
                        .asString())
                .isEqualTo("4");
        assertThat(client.put(path, loader(connection, Map.of("query", query + " and g < 7", "cursor", cursor)))
                        .code())
                .isEqualTo("cursor_would_reset");
        assertThat(client.put(
                                path + "?reset_cursor=true",
                                loader(connection, Map.of("query", query + " and g < 7", "cursor", cursor)))
                        .json()
                        .at("/cursor/value")
                        .isNull())
                .isTrue();
    }

    @Test
    void theProgressOfARunIsFollowedToItsEnd() {
        String connection = fixture.connection().id();
        String id = client.post("/v1/loaders", loader(connection, Map.of("query", QUERY + ", pg_sleep(0.1)")))
                .json()
                .path("id")
                .asString();
        String run = fixture.peek(fixture.loaders.get(LoaderFixture.LIVE, id).loader())
                .id();

        String events =
                client.get("/v1/loaders/" + id + "/runs/" + run + "/progress").text();

        assertThat(events).startsWith("event: progress\ndata: {\"id\":\"" + run);
        assertThat(events).contains("event: end\ndata: {\"id\":\"" + run + "\",\"status\":\"succeeded\"");
        assertThat(client.get("/v1/loaders/" + id + "/runs/run_0/progress").code())
                .isEqualTo("run_not_found");
    }

    @Test
    void whoFollowsARunDoesNotHoldUpTheEndOfTheServer() throws Exception {
        String connection = fixture.connection().id();
        String id = client.post("/v1/loaders", loader(connection, Map.of("query", QUERY + ", pg_sleep(60)")))
                .json()
                .path("id")
                .asString();
        String run = fixture.peek(fixture.loaders.get(LoaderFixture.LIVE, id).loader())
                .id();
        CountDownLatch followed = new CountDownLatch(1);
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> follower = thread.submit(() -> {
                try (InputStream events = api.open("/v1/loaders/" + id + "/runs/" + run + "/progress")) {
                    events.read();
                    followed.countDown();
                    return new String(events.readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException e) {
                    return "cut";
                }
            });
            followed.await();

            api.close();

            assertThat(follower.get(10, TimeUnit.SECONDS)).isNotNull();
        }
        fixture.loaders.cancel(LoaderFixture.LIVE, id, run);
    }

    @ParameterizedTest
    @CsvSource({
        "event_type, not ok, 400, invalid_event_type",
        "connection_id, con_nobody, 404, connection_not_found",
        "query, select 1; select 2, 400, multiple_statements",
        "refresh, PT2H, 400, invalid_refresh",
        "refresh, 61 * * * *, 400, invalid_refresh",
        "refresh, 0 0 30 2 *, 400, invalid_refresh",
        "name, ' ', 400, invalid_name",
    })
    void aMalformedLoaderIsRefused(String field, String value, int status, String code) {
        Answer answer = client.post("/v1/loaders", loader(fixture.connection().id(), Map.of(field, value)));

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }
}
