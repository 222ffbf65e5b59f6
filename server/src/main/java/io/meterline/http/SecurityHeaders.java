package io.meterline.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import java.util.List;

/** Headers of every answer: nothing here may be framed, sniffed, cached or run. Pages set their own policy on top. */
final class SecurityHeaders {

    static final List<Header> ALWAYS = List.of(
            HeaderValues.createCached("X-Content-Type-Options", "nosniff"),
            HeaderValues.createCached("X-Frame-Options", "DENY"),
            HeaderValues.createCached("Referrer-Policy", "no-referrer"),
            HeaderValues.createCached("Cache-Control", "no-store"),
            HeaderValues.createCached("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));

    private SecurityHeaders() {}
}
