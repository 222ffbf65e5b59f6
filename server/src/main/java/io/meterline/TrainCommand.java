package io.meterline;

import io.meterline.config.Settings;
import io.meterline.config.SettingsLoader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code meterline train}: starts on a folder of its own, answers a few requests and stops. The launcher runs it once under
 * {@code -XX:AOTCacheOutput}, so that java remembers which classes a start needs.
 */
@Command(name = "train", hidden = true, description = "Starts, answers a few requests and stops.")
final class TrainCommand implements Callable<Integer> {

    private static final String EVENTS = """
            [{"customer_id":"a","event_type":"training","timestamp":"2026-01-05T21:56:52Z","record":{"id":1,"n":"2.5"}},
             {"customer_id":"b","event_type":"training","timestamp":"2026-01-05 21:56:53","record":{"id":"x","n":100}}]""";
    private static final String QUESTION = """
            {"aggregator":{"event_type":"training","operation":"sum","property":"n"},
             "from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z","window":"day","group_by":["customer_id"]}""";

    @Option(names = "--data", paramLabel = "FOLDER", required = true)
    private @Nullable String data;

    @Override
    public Integer call() throws IOException {
        Map<String, String> flags = Map.of("data", String.valueOf(data), "port", "0", "host", "127.0.0.1");
        Settings settings = SettingsLoader.load(flags, Map.of());
        try (Server server = Server.start(settings, InstantSource.system())) {
            Client client =
                    new Client(server.port(), server.firstKeys().getFirst().secret());
            boolean answered = client.ask("GET", "/health/ready", null)
                    && client.ask("POST", "/v1/events/batch", EVENTS)
                    && client.ask("POST", "/v1/usage/query", QUESTION)
                    && client.ask("GET", "/v1/events", null)
                    && client.ask("GET", "/metrics", null);
            return answered ? 0 : Main.FAILED;
        }
    }

    private record Client(int port, String key) {

        boolean ask(String method, String path, @Nullable String body) throws IOException {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setRequestProperty("Authorization", "Bearer " + key);
            if (body != null) {
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            return connection.getResponseCode() / 100 == 2;
        }
    }
}
