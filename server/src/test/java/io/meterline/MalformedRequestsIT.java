package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What callers get wrong, against the real server: the documented answer, no trace in any figure, no customer, and a
 * place among the rejected events for every event of a request that could be parsed.
 */
final class MalformedRequestsIT {

    private static TestServer server;
    private static JsonNode figures;

    @BeforeAll
    static void startWithSomeUsage(@TempDir Path folder) {
        server = TestServer.start(folder);
        Answer answer = server.client().post("/v1/events", """
                        {"customer_id":"acme","event_type":"usage","timestamp":"2026-01-05T21:56:52Z",
                         "record":{"id":1,"amount":"12.5"}}""");
        assertThat(answer.status()).isEqualTo(201);
        figures = figures();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("io.meterline.MalformedRequests#requests")
    void aMalformedRequestGetsItsAnswerAndLeavesNoTrace(MalformedRequests.Case wrong) {
        // Given
        long before = rejected();
        ApiClient client = server.client();
        for (Map.Entry<String, String> header : wrong.headers().entrySet()) {
            client = client.with(header.getKey(), header.getValue());
        }

        // When
        Answer answer = client.send(wrong.method(), wrong.path(), wrong.body());

        // Then
        assertThat(answer.status()).as(answer.text()).isEqualTo(wrong.status());
        assertThat(answer.code()).isEqualTo(wrong.code());
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("message").asString()).isNotBlank();
        if (wrong.at() != null) {
            JsonNode first = answer.json().path("errors").path(0);
            assertThat(first.path("path").asString()).isEqualTo(wrong.at());
        }
        assertNoTrace();
        assertThat(rejected() - before).isEqualTo(wrong.kept());
        if (wrong.kept() > 0) {
            JsonNode kept = newestRejected();
            assertThat(kept.path("code").asString()).isEqualTo(wrong.code());
            assertThat(kept.path("path").asString()).isEqualTo(wrong.at());
        }
    }

    @ParameterizedTest
    @MethodSource("keptRequests")
    void theSameEventFailsAloneInABatch(MalformedRequests.Case wrong) {
        // Given
        long before = rejected();
        String event = new String(wrong.body(), StandardCharsets.UTF_8);

        // When
        Answer answer = server.client().post("/v1/events/batch", "[" + event + "," + event + "]");

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("all_events_failed");
        assertThat(answer.json().path("events_created")).isEmpty();
        assertThat(answer.json().path("events_failed")).hasSize(2).allSatisfy(failed -> {
            assertThat(failed.at("/error/code").asString()).isEqualTo(wrong.code());
            assertThat(failed.at("/error/path").asString()).isEqualTo(wrong.at());
        });
        assertNoTrace();
        assertThat(rejected() - before).isEqualTo(2);
    }

    static List<MalformedRequests.Case> keptRequests() {
        return MalformedRequests.requests().stream()
                .filter(request -> request.kept() > 0)
                .toList();
    }

    @Test
    void aBadLineIsKeptAndTheOthersOfItsBodyAreTaken() {
        // Given
        long before = rejected();
        ApiClient lines = server.client().with("Content-Type", "application/x-ndjson");
        String good = MalformedRequests.EVENT
                .formatted("{\"id\":\"line\"}")
                .replace("ghost", "acme")
                .replace("\"usage\"", "\"lines\"");

        // When
        Answer answer = lines.post("/v1/events/batch", good + "\n{\"customer_id\":\n\n" + good);

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("events_created")).hasSize(2);
        assertThat(answer.json().at("/events_failed/0/index").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/events_failed/0/error/code").asString()).isEqualTo("invalid_json");
        assertThat(rejected() - before).isEqualTo(1);
        assertThat(newestRejected().path("raw").asString()).isEqualTo("{\"customer_id\":");
        assertNoTrace();
    }

    @Test
    void theKeyOfOneEnvironmentSeesNothingOfTheOther() {
        ApiClient test = server.client(Environment.TEST);
        String event = server.client()
                .get("/v1/events?event_type=usage")
                .json()
                .at("/data/0/id")
                .asString();

        assertThat(test.get("/v1/events/" + event).code()).isEqualTo("unknown_event");
        assertThat(test.get("/v1/events").json().at("/meta/total").asLong()).isZero();
        assertThat(test.get("/v1/events/rejected").json().at("/meta/total").asLong())
                .isZero();
        assertThat(test.get("/v1/customers/acme").code()).isEqualTo("unknown_customer");
        assertThat(test.delete("/v1/events", MalformedRequests.DELETED)
                        .json()
                        .path("deleted")
                        .asLong())
                .isZero();
        assertNoTrace();
    }

    @Test
    void aKeyThatOnlyReadsCannotPush() {
        Answer key = server.client().post("/v1/api-keys", "{\"name\":\"reader\",\"scopes\":[\"read\"]}");
        ApiClient reader = server.client(key.json().path("key").asString());
        long before = rejected();

        assertThat(reader.post("/v1/events", MalformedRequests.valid()).code()).isEqualTo("insufficient_scope");
        assertThat(reader.post("/v1/events/batch", "[" + MalformedRequests.valid() + "]")
                        .status())
                .isEqualTo(403);
        assertThat(reader.get("/v1/events?take=1").status()).isEqualTo(200);
        assertThat(rejected()).isEqualTo(before);
        assertNoTrace();
    }

    @Test
    void aTestKeyIsLimitedAndNothingOfWhatIsTooMuchIsKept() {
        // Given a bucket of 5,000 that may go below zero once
        ApiClient test = server.client(Environment.TEST);
        String batch =
                MalformedRequests.repeated(5_000).replace("ghost", "acme").replace("\"usage\"", "\"limited\"");
        assertThat(test.post("/v1/events/batch", batch).status()).isEqualTo(201);
        assertThat(test.post("/v1/events/batch", batch).status()).isEqualTo(201);

        // When
        Answer answer = test.post("/v1/events", MalformedRequests.valid());

        // Then
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("rate_limited");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(answer.header("X-RateLimit-Limit")).isEqualTo("50");
        assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(answer.header("X-RateLimit-Reset")).isNotNull();
        assertThat(test.get("/v1/customers/ghost").code()).isEqualTo("unknown_customer");
        assertThat(test.get("/v1/events/rejected").json().at("/meta/total").asLong())
                .isZero();
    }

    private static void assertNoTrace() {
        assertThat(figures()).isEqualTo(figures);
        assertThat(server.client().get("/v1/customers/ghost").code()).isEqualTo("unknown_customer");
    }

    /** Sum and count of everything of the type, whoever it belongs to. */
    private static JsonNode figures() {
        Answer answer = server.client().post("/v1/usage/query", """
                        {"aggregator":{"name":"all","event_type":"usage","operation":"sum","property":"amount"},
                         "mode":"all_time","to":"2200-01-01T00:00:00Z","group_by":["customer_id"]}""");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static long rejected() {
        return server.client()
                .get("/v1/events/rejected")
                .json()
                .at("/meta/total")
                .asLong();
    }

    private static JsonNode newestRejected() {
        return server.client().get("/v1/events/rejected?take=1").json().at("/data/0");
    }
}
