package io.meterline;

import io.meterline.http.Json;
import io.meterline.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Pushes batches of new records, corrections and late versions for a customer of its own, and knows what must be there
 * afterwards.
 */
final class PushingClient {

    private static final Instant BASE = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MOST_EVENTS = 40;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String customer;
    private final Random random;
    private Map<String, Version> known = new HashMap<>();
    private @Nullable Map<String, Version> afterUnanswered;
    private int batches;
    private int unanswered;

    PushingClient(String customer, long seed) {
        this.customer = customer;
        this.random = new Random(seed);
    }

    int unanswered() {
        return unanswered;
    }

    /** Pushes one batch after the other until the server is gone. */
    void pushUntilCut(String base, CountDownLatch answered) {
        while (true) {
            Map<String, Version> after = new HashMap<>(known);
            String body = batch(after);
            HttpResponse<String> answer;
            try {
                answer = send(base, "/v1/events/batch", body);
            } catch (IOException e) {
                afterUnanswered = after;
                unanswered++;
                return;
            }
            if (answer.statusCode() != 201) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            known = after;
            answered.countDown();
        }
    }

    /** What is wrong with what the server has; empty when nothing is. */
    List<String> check(String base) throws IOException {
        List<String> problems = new ArrayList<>();
        Map<String, Version> stored = stored(base, problems);
        boolean whole = stored.equals(afterUnanswered);
        if (!whole && !stored.equals(known)) {
            problems.add(customer + " has neither all nor nothing of its last batch: " + difference(stored));
        }
        known = stored;
        afterUnanswered = null;
        return problems;
    }

    private String difference(Map<String, Version> stored) {
        Map<String, String> lines = new TreeMap<>();
        Map<String, Version> expected = new HashMap<>(known);
        if (afterUnanswered != null) {
            expected.putAll(afterUnanswered);
        }
        for (String id : expected.keySet()) {
            Version is = stored.get(id);
            Version was = known.get(id);
            Version pushed = afterUnanswered == null ? was : afterUnanswered.get(id);
            if (is == null || !is.equals(was) || !is.equals(pushed)) {
                lines.put(id, "is " + is + ", acknowledged " + was + ", pushed " + pushed);
            }
        }
        stored.keySet().stream().filter(id -> !expected.containsKey(id)).forEach(id -> lines.put(id, "unexpected"));
        return lines.toString();
    }

    /** A random batch, which is also played on {@code records}. */
    private String batch(Map<String, Version> records) {
        batches++;
        int size = 1 + random.nextInt(MOST_EVENTS);
        List<Object> events = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean isNew = records.isEmpty() || random.nextInt(3) > 0;
            String id = customer + "/" + (isNew ? batches + "-" + i : batches / 2 + "-" + random.nextInt(5));
            int age = random.nextInt(4) == 0 ? random.nextInt(batches * 1_000 + 1) : 0;
            Version version = new Version(batches * 1_000L + i - age, batches + "." + i);
            events.add(Map.of(
                    "customer_id",
                    customer,
                    "event_type",
                    "pushed",
                    "timestamp",
                    BASE.plusMillis(version.millis).toString(),
                    "record",
                    Map.of("id", id, "batch", version.batch, "n", i)));
            records.merge(id, version, (old, sent) -> sent.millis >= old.millis ? sent : old);
        }
        return new String(Json.bytes(events), StandardCharsets.UTF_8);
    }

    private Map<String, Version> stored(String base, List<String> problems) throws IOException {
        Map<String, Version> stored = new HashMap<>();
        String page = "/v1/events?take=100&customer_id=" + customer;
        String cursor = "";
        do {
            HttpResponse<String> answer = send(base, page + cursor, null);
            if (answer.statusCode() == 404 && known.isEmpty()) {
                return stored;
            }
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            JsonNode json = Json.mapper().readTree(answer.body());
            for (JsonNode event : json.path("data")) {
                String id = event.path("record_id").asString();
                long millis = Duration.between(
                                BASE, Instant.parse(event.path("timestamp").asString()))
                        .toMillis();
                String batch = event.path("record").path("batch").asString();
                if (stored.put(id, new Version(millis, batch)) != null) {
                    problems.add(id + " is there twice");
                }
            }
            String next = json.path("meta").path("next_cursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
            if (cursor.isEmpty() && json.path("meta").path("total").asInt() != stored.size()) {
                problems.add(customer + " has " + stored.size() + " records, but the total says " + json.path("meta"));
            }
        } while (!cursor.isEmpty());
        return stored;
    }

    private HttpResponse<String> send(String base, String path, @Nullable String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + TestServer.LIVE_KEY);
        if (body != null) {
            request.header("Content-Type", "application/json")
                    .header("Prefer", "return=minimal")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A version of a record: its time, in ms after {@link #BASE}, and what it was sent in. */
    private record Version(long millis, String batch) {}
}
