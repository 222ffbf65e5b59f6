package io.meterline;

import io.meterline.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Which server a command talks to, and as whom. */
final class ApiOptions {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:METERLINE_URL:-http://127.0.0.1:8080}",
            description = "the running server; default METERLINE_URL, else http://127.0.0.1:8080")
    private String url = "";

    @Option(
            names = "--key",
            paramLabel = "KEY",
            defaultValue = "${env:METERLINE_KEY}",
            description = "an API key; default METERLINE_KEY, which keeps it out of the list of processes")
    private @Nullable String key;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /** A request to a path of the API. Throws {@link CommandException}. */
    HttpRequest.Builder request(String path) {
        if (key == null || key.isBlank()) {
            throw new CommandException("Give an API key with --key or METERLINE_KEY.");
        }
        try {
            String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
            return HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", "Bearer " + key);
        } catch (IllegalArgumentException e) {
            throw new CommandException("The URL of the server is as in http://127.0.0.1:8080, not " + url + ".");
        }
    }

    /** Sends a request. Throws {@link CommandException} when nobody answers. */
    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) throws InterruptedException {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new CommandException("The server at " + url + " did not answer (" + reason.toLowerCase(Locale.ROOT)
                    + "). Is it running? A file above its imports.max_size is cut off, too.");
        }
    }

    /** Sends a request and reads its JSON. Throws {@link CommandException} with what a problem says. */
    JsonNode json(HttpRequest request) throws InterruptedException {
        HttpResponse<byte[]> answer = send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 300) {
            throw problem(answer.statusCode(), answer.body());
        }
        return Json.mapper().readTree(answer.body());
    }

    /** What an answer that is no success says. */
    static CommandException problem(int status, byte[] body) {
        try {
            JsonNode problem = Json.mapper().readTree(body);
            return new CommandException(problem.path("message").asString("The server answered " + status + ".") + " ("
                    + problem.path("code").asString(Integer.toString(status)) + ")");
        } catch (JacksonException e) {
            String text = new String(body, StandardCharsets.UTF_8);
            return new CommandException("The server answered " + status + ": "
                    + text.lines().findFirst().orElse(""));
        }
    }
}
