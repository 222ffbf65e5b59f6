package io.meterline.http;

import java.time.Duration;

/**
 * Where the server listens, and how long and how often it lets itself be kept waiting.
 *
 * @param port 0 for any free one
 * @param idleTimeout how long a connection may take from one answer to the headers of its next request
 * @param readTimeout how long the headers of the first request may take, and how long a body may pause
 * @param bodyTimeout how long the whole body of a request may take
 * @param connections most connections at once; more wait to be taken
 * @param bodyMemoryBytes what the bodies of all requests that are being answered may take together
 */
public record HttpOptions(
        String host,
        int port,
        Duration idleTimeout,
        Duration readTimeout,
        Duration bodyTimeout,
        int connections,
        long bodyMemoryBytes) {

    private static final HttpOptions LOCAL = new HttpOptions(
            "127.0.0.1", 0, Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofMinutes(2), 5_000, 192L << 20);

    /** Any free port of this machine alone, with the defaults of the settings. */
    public static HttpOptions local() {
        return LOCAL;
    }
}
