package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ApiClient;
import io.meterline.testing.ApiClient.Answer;
import io.meterline.testing.TestServer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** No digit is lost between the text of a request and the text of an answer. */
final class ExactSumsIT {

    private static final int BATCH = 5_000;
    private static final String A = "99999999999999999999.999999999999999999";
    private static final String B = "-10000000000000000000.000000000000000001";
    private static final String C = "12345678901234567890.123456789012345678";

    @Test
    void twentyThousandTimesATenthIsTwoThousand(@TempDir Path folder) {
        tenths(folder, 20_000, "2000");
    }

    @Test
    @Tag("long")
    void aMillionTimesATenthIsAHundredThousand(@TempDir Path folder) {
        tenths(folder, 1_000_000, "100000");
    }

    private static void tenths(Path folder, int events, String sum) {
        try (TestServer server = TestServer.start(folder)) {
            ApiClient client = server.client().with("Prefer", "return=minimal");
            for (int from = 0; from < events; from += BATCH) {
                Answer answer = client.post(
                        "/v1/events/batch",
                        IntStream.range(from, from + BATCH)
                                .mapToObj(i -> event(Integer.toString(i), "0.1"))
                                .collect(Collectors.joining(",", "[", "]")));
                assertThat(answer.status()).as(answer.text()).isEqualTo(201);
                assertThat(answer.json().path("created").asInt()).isEqualTo(BATCH);
            }
            JsonNode usage = usage(server.client(), "\"operation\":\"sum\",\"property\":\"amount\"");
            assertThat(usage.path("value").asString()).isEqualTo(sum);
            assertThat(usage.path("events").asLong()).isEqualTo(events);
            assertThat(value(server.client(), "\"operation\":\"average\",\"property\":\"amount\""))
                    .isEqualTo("0.1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum             | 102345678901234567890.123456789012345676",
                "max             | " + A,
                "min             | " + B,
                "latest          | " + C,
                "count           | 3",
                "count_distinct  | 3",
                "average         | 34115226300411522630.041152263004115225",
                "percentile      | " + C,
                "formula         | 204691357802469135780.246913578024691352"
            })
    void everyOperationIsExactOnTheLargestNumbers(String operation, String expected, @TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            Answer answer = server.client()
                    .post(
                            "/v1/events/batch",
                            "[" + event("1", A) + "," + event("2", B) + "," + event("3", "\"" + C + "\"") + "]");
            assertThat(answer.json().path("events_created")).hasSize(3);

            assertThat(value(server.client(), terms(operation))).isEqualTo(expected);
        }
    }

    @Test
    void theLargestNumbersComeOutOfAnEventAsTheyWentIn(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            server.client().post("/v1/events", event("1", A));
            assertThat(server.client().get("/v1/events").text()).contains("\"amount\":" + A);
        }
    }

    @Test
    void aLevelOfTheLargestNumbersIsAveragedExactly(@TempDir Path folder) {
        try (TestServer server = TestServer.start(folder)) {
            server.client()
                    .post(
                            "/v1/events/batch",
                            "[" + event("1", C, "2026-01-02") + "," + event("2", B, "2026-01-03") + "]");

            // 30 days at the first level, of 31, and 29 at the change.
            BigDecimal expected = new BigDecimal(C)
                    .multiply(BigDecimal.valueOf(30))
                    .add(new BigDecimal(B).multiply(BigDecimal.valueOf(29)))
                    .divide(BigDecimal.valueOf(31), 18, RoundingMode.HALF_UP);
            assertThat(new BigDecimal(value(server.client(), terms("weighted_sum"))))
                    .isEqualByComparingTo(expected);
        }
    }

    private static String terms(String operation) {
        String named = "\"operation\":\"" + operation + "\"";
        return switch (operation) {
            case "count" -> named;
            case "formula" -> named + ",\"formula\":\"amount * 2\"";
            case "percentile" -> named + ",\"property\":\"amount\",\"percentile\":50";
            default -> named + ",\"property\":\"amount\"";
        };
    }

    private static String value(ApiClient client, String terms) {
        return usage(client, terms).path("value").asString();
    }

    private static JsonNode usage(ApiClient client, String terms) {
        Answer answer = client.post(
                "/v1/usage/query",
                "{\"aggregator\":{\"name\":\"a\",\"event_type\":\"e\"," + terms
                        + "},\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-02-01T00:00:00Z\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String event(String id, String amount) {
        return event(id, amount, "2026-01-05T00:00:00Z");
    }

    private static String event(String id, String amount, String timestamp) {
        return "{\"customer_id\":\"acme\",\"event_type\":\"e\",\"timestamp\":\"%s\",\"record\":{\"id\":\"%s\",\"amount\":%s}}"
                .formatted(timestamp, id, amount);
    }
}
