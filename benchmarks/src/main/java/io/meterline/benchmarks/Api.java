package io.meterline.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Requests that are not measured by the thousand: set up, read, verify. Not safe for two threads. */
final class Api implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final int port;
    private @Nullable HttpConnection connection;

    Api(int port) {
        this.port = port;
    }

    JsonNode post(String path, String body) throws IOException {
        return send("POST", path, body);
    }

    JsonNode get(String path) throws IOException {
        return send("GET", path, "");
    }

    private JsonNode send(String method, String path, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ServerProcess.KEY
                + "\r\n" + (body.isEmpty() ? "" : "Content-Type: application/json\r\n") + "Content-Length: "
                + content.length + "\r\n\r\n";
        byte[] request = (head + body).getBytes(StandardCharsets.UTF_8);
        HttpConnection.Answer answer = connection().send(request, request.length, true);
        if (answer.status() >= 300) {
            throw new IOException(method + " " + path + ": " + answer.status() + " " + answer.tail());
        }
        return JSON.readTree(answer.tail());
    }

    /** Opened when it is needed: the server ends a connection that says nothing for half a minute. */
    private HttpConnection connection() throws IOException {
        HttpConnection open = connection;
        if (open == null) {
            open = new HttpConnection(port);
            connection = open;
        }
        return open;
    }

    /** Creates an aggregator that sums the amounts of a type, and gives its id. */
    String sumOf(int type) throws IOException {
        return post(
                        "/v1/aggregators",
                        "{\"name\":\"sum %03d\",\"event_type\":\"%s\",\"operation\":\"sum\",\"property\":\"amount\"}"
                                .formatted(type, Workload.typeName(type)))
                .path("id")
                .asString();
    }

    /** Holds the count and the sum of every type against what was sent. */
    void verify(Workload workload, Ledger ledger) throws IOException {
        Ledger.Total[] expected = ledger.byType();
        for (int type = 0; type < workload.types(); type++) {
            if (expected[type].events() == 0) {
                continue;
            }
            JsonNode usage = post(
                    "/v1/usage/query",
                    "{\"aggregator\":{\"event_type\":\"%s\",\"operation\":\"sum\",\"property\":\"amount\"},\"mode\":\"all_time\",\"to\":\"%s\"}"
                            .formatted(
                                    Workload.typeName(type), workload.months().text(Workload.MONTHS)));
            same(Workload.typeName(type), expected[type], usage);
        }
    }

    static void same(String what, Ledger.Total expected, JsonNode usage) {
        BigDecimal sum = BigDecimal.valueOf(expected.hundredths(), 2);
        boolean equal = usage.path("events").asLong() == expected.events()
                && (expected.events() == 0 || new BigDecimal(usage.path("value").asString()).compareTo(sum) == 0);
        if (!equal) {
            throw new IllegalStateException("%s must be %d events and %s, but the server says %s"
                    .formatted(what, expected.events(), sum, usage));
        }
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}
