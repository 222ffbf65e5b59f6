package io.meterline.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The name of a request in answers and logs: the caller's own {@code X-Request-Id} where it is harmless, else ours. */
final class RequestId {

    private static final HeaderName HEADER = HeaderNames.create("X-Request-Id");
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    static String of(ServerRequest request) {
        return request.headers()
                .first(HEADER)
                .filter(id -> HARMLESS.matcher(id).matches())
                .orElseGet(RequestId::next);
    }

    private static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "req_" + Long.toString(random.nextLong(1L << 62, Long.MAX_VALUE), 32);
    }
}
