package io.meterline.loader.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** Requests to one server of ClickHouse. */
final class ClickHouseHttp implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SLACK = Duration.ofSeconds(30);
    private static final int MAX_ERROR = 16_384;
    private static final Set<Integer> TLS_PORTS = Set.of(443, 8_443);

    private final HttpClient client;
    private final String base;
    private final String authorization;
    private final Duration timeout;

    private ClickHouseHttp(HttpClient client, String base, String authorization, Duration timeout) {
        this.client = client;
        this.base = base;
        this.authorization = authorization;
        this.timeout = timeout;
    }

    /** Throws {@link SourceException} for a way to encrypt that this interface does not have. */
    static ClickHouseHttp to(ServerAddress address, Route route, ReadLimits limits) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER);
        boolean tls = isTls(address);
        if (tls && route.localPort() != null) {
            throw unsupported("a tunnel and TLS at once. The tunnel encrypts already: set tls to disable");
        }
        String ca = address.tls().ca();
        if (ca != null) {
            try {
                client.sslContext(CaTrust.context(ca));
            } catch (GeneralSecurityException | IOException e) {
                throw new SourceException("tls_failed", "tls.ca cannot be used: " + e.getMessage() + ".", e);
            }
        }
        String place =
                route.localPort() == null ? address.host() + ":" + address.port() : "127.0.0.1:" + route.localPort();
        String base = (tls ? "https://" : "http://") + place + "/?database=" + encode(address.database());
        String userAndPassword = address.user() + ":" + address.password();
        String authorization =
                "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
        return new ClickHouseHttp(
                client.build(), base, authorization, limits.statementTimeout().plus(SLACK));
    }

    // HTTP has no way to ask for TLS on the way: the port says it.
    private static boolean isTls(ServerAddress address) {
        return switch (address.tls().mode()) {
            case DISABLE -> false;
            case PREFER -> TLS_PORTS.contains(address.port());
            case VERIFY_FULL -> true;
            case REQUIRE, VERIFY_CA ->
                throw unsupported(
                        "certificates that are not checked fully. Set tls to verify-full, with a ca if need be");
        };
    }

    private static SourceException unsupported(String what) {
        return new SourceException(
                "tls_failed", "ClickHouse is read over HTTPS, which does not support " + what + ".", null);
    }

    /** Rows as JSONCompact. Throws {@link ClickHouseException} for what the server refuses. */
    InputStream post(String query, Map<String, String> settings) throws IOException {
        StringBuilder url = new StringBuilder(base).append("&default_format=JSONCompact");
        settings.forEach(
                (name, value) -> url.append('&').append(name).append('=').append(encode(value)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url.toString()))
                .header("Authorization", authorization)
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofString(query))
                .build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        if (response.statusCode() != 200) {
            try (InputStream body = response.body()) {
                throw ClickHouseException.of(new String(body.readNBytes(MAX_ERROR), StandardCharsets.UTF_8));
            }
        }
        return response.body();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Breaks off what is going on. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
