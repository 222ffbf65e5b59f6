package io.meterline.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Events that are there, over HTTP: found, listed, deleted, rejected and replayed. */
final class EventListApiTest extends EventServer {

    @Test
    void filtersAndPagesFindEveryEventOnce() {
        // Given
        for (int i = 0; i < 7; i++) {
            live.post(
                    "/v1/events",
                    event(
                            "c" + i % 2,
                            "2026-01-0" + (1 + i / 2) + "T00:00:00Z",
                            "{\"id\":" + i + ",\"p\":\"" + i % 3 + "\"}"));
        }

        // Then
        assertThat(ids("?customer_id=c1")).containsExactly("5", "3", "1");
        assertThat(ids("?record_id=1,2,99")).containsExactly("2", "1");
        assertThat(ids("?record.p=1&order=asc")).containsExactly("1", "4");
        assertThat(ids("?record.id=3")).containsExactly("3");
        assertThat(ids("?timestamp__gte=2026-01-02T00:00:00Z&timestamp__lt=2026-01-03T00:00:00Z"))
                .containsExactly("3", "2");
        assertThat(ids("?source=loader")).isEmpty();
        assertThat(ids("?event_type=other")).isEmpty();
        assertThat(ids("?ingested_at__lt=2026-02-01T00:00:00Z")).isEmpty();
        for (String order : List.of("", "&order=asc", "&sort=ingested_at")) {
            List<String> paged = new ArrayList<>();
            JsonNode next = null;
            do {
                String cursor = next == null ? "" : "&cursor=" + next.asString();
                JsonNode page = live.get("/v1/events?take=3" + order + cursor).json();
                page.path("data")
                        .forEach(event -> paged.add(event.path("record_id").asString()));
                assertThat(page.at("/meta/total").asInt()).isEqualTo(7);
                next = page.at("/meta/next_cursor");
            } while (!next.isNull());
            assertThat(paged).hasSize(7).doesNotHaveDuplicates();
        }
        String cursor =
                live.get("/v1/events?take=3").json().at("/meta/next_cursor").asString();
        assertThat(live.get("/v1/events?take=3&order=asc&cursor=" + cursor).code())
                .isEqualTo("invalid_cursor");
        assertThat(live.get("/v1/events?customer_id=nobody").code()).isEqualTo("unknown_customer");
        assertThat(live.get("/v1/events?take=101").status()).isEqualTo(400);
    }

    @Test
    void eventTypesListTheirPropertiesAndKinds() {
        live.post("/v1/events", event("a", "2026-01-01T00:00:00Z", "{\"id\":1,\"p\":1,\"q\":null}"));
        live.post("/v1/events", event("a", "2026-01-02T00:00:00Z", "{\"id\":2,\"p\":\"x\"}"));

        JsonNode type = live.get("/v1/event-types").json().at("/data/0");

        assertThat(type.toString())
                .isEqualTo("{\"name\":\"tx\",\"events\":2,\"first_seen\":\"2026-01-01T00:00:00Z\","
                        + "\"last_seen\":\"2026-01-02T00:00:00Z\",\"properties\":[{\"name\":\"p\",\"kinds\":[\"text\","
                        + "\"number\"]},{\"name\":\"q\",\"kinds\":[]}]}");
        assertThat(test.get("/v1/event-types").json().path("data")).isEmpty();
    }

    @Test
    void onlyTestEventsCanBeDeleted() {
        // Given
        test.post("/v1/events", event("a", "2026-01-02T00:00:00Z", "{\"id\":258}"));
        test.post("/v1/events", event("a", "2026-01-02T00:00:00Z", "{\"id\":\"x\"}"));
        Map<String, Object> wanted =
                Map.of("matching", "record_ids", "event_type", "tx", "record_ids", List.of(258, "258", "y"));

        // Then
        assertThat(live.delete("/v1/events", wanted).code()).isEqualTo("append_only");
        assertThat(test.delete("/v1/events", wanted).json().path("deleted").asInt())
                .isEqualTo(1);
        assertThat(test.delete("/v1/events", wanted).json().path("deleted").asInt())
                .isZero();
        assertThat(test.delete("/v1/events", Map.of("matching", "all")).status())
                .isEqualTo(400);
        assertThat(test.get("/v1/events").json().at("/meta/total").asInt()).isEqualTo(1);
        test.post("/v1/events", event("a", "2026-01-01T00:00:00Z", "{\"id\":258}"));
        assertThat(test.get("/v1/events").json().at("/meta/total").asInt()).isEqualTo(2);
    }

    @Test
    void aRejectedEventCanBeCorrectedAndIsGoneThen() {
        // Given
        live.post("/v1/events", event("acme", "ACTIVE_DATE", "{\"id\":258}"));
        JsonNode rejected = live.get("/v1/events/rejected?code=invalid_timestamp&customer_id=acme&source=push")
                .json();
        String id = rejected.at("/data/0/id").asString();

        // Then
        assertThat(rejected.at("/data/0/path").asString()).isEqualTo("timestamp");
        assertThat(rejected.at("/data/0/event_type").asString()).isEqualTo("tx");
        assertThat(live.post("/v1/events/rejected/" + id + "/replay").code()).isEqualTo("invalid_timestamp");
        assertThat(live.post("/v1/events/rejected/" + id + "/replay", "{}").code())
                .isEqualTo("missing_field");
        assertThat(live.get("/v1/events/rejected/" + id).json().path("code").asString())
                .isEqualTo("missing_field");
        assertThat(test.post("/v1/events/rejected/" + id + "/replay").code()).isEqualTo("unknown_rejected_event");
        assertThat(live.post(
                                "/v1/events/rejected/" + id + "/replay",
                                event("acme", "2026-01-05T00:00:00Z", "{\"id\":258}"))
                        .status())
                .isEqualTo(201);
        assertThat(live.get("/v1/events/rejected").json().at("/meta/total").asInt())
                .isZero();
        assertThat(live.get("/v1/events/rejected/" + id).status()).isEqualTo(404);
        assertThat(live.get("/v1/events").json().at("/meta/total").asInt()).isEqualTo(1);
    }

    @Test
    void anEventOfWhichOnlyAPartWasKeptNeedsTheWholeToBeReplayed() {
        live.post(
                "/v1/events", event("acme", "2026-01-05T00:00:00Z", "{\"id\":1,\"t\":\"" + "x".repeat(9_000) + "\"}"));
        JsonNode rejected = live.get("/v1/events/rejected").json().at("/data/0");

        assertThat(rejected.path("complete").asBoolean()).isFalse();
        assertThat(rejected.path("raw").asString()).hasSize(8 * 1024);
        assertThat(live.post("/v1/events/rejected/" + rejected.path("id").asString() + "/replay")
                        .code())
                .isEqualTo("rejected_event_incomplete");
    }

    private List<String> ids(String query) {
        return live.get("/v1/events" + query)
                .json()
                .path("data")
                .valueStream()
                .map(event -> event.path("record_id").asString())
                .toList();
    }
}
