package io.meterline.http;

import io.meterline.access.IdempotencyKeys;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Runs a request that carries an {@code Idempotency-Key} once, and gives its answer again when it comes again. */
final class Idempotency {

    /** Is on an answer that is given again. */
    static final String REPLAYED = "Idempotent-Replayed";

    private static final String HEADER = "Idempotency-Key";
    private static final byte[] NO_BODY = {};

    private final IdempotencyKeys keys;

    Idempotency(IdempotencyKeys keys) {
        this.keys = keys;
    }

    Reply answer(Route route, Call call) throws Exception {
        Optional<String> key = call.header(HEADER);
        if (key.isEmpty()) {
            return route.handler().handle(call);
        }
        byte[] body = call.hasBody() ? call.body(Body.MAX_JSON_BYTES, Body.JSON).bytes() : NO_BODY;
        return once(
                call, key.get(), IdempotencyKeys.hash(route.method(), call.target(), body), () -> handle(route, call));
    }

    /** The same for a request whose handler has read what was sent. */
    Reply answer(Call call, byte[] digest, Supplier<Reply> work) {
        Optional<String> key = call.header(HEADER);
        return key.isEmpty()
                ? work.get()
                : once(call, key.get(), IdempotencyKeys.hash("POST", call.target(), digest), work);
    }

    private Reply once(Call call, String key, String hash, Supplier<Reply> work) {
        AtomicReference<Reply> answered = new AtomicReference<>();
        IdempotencyKeys.Response response = keys.run(call.environment(), key, hash, () -> {
            Reply reply = work.get();
            answered.set(reply);
            return new IdempotencyKeys.Response(reply.status(), text(reply.kept()), false);
        });
        Reply first = answered.get();
        return first != null ? first : again(response);
    }

    private static Reply again(IdempotencyKeys.Response response) {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        return Reply.bytes(response.status(), Body.JSON, body).header(REPLAYED, "true");
    }

    private static Reply handle(Route route, Call call) {
        try {
            return route.handler().handle(call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(route.method() + " " + route.path() + " failed", e);
        }
    }

    private static String text(Reply.Content content) {
        return switch (content) {
            case Reply.Content.Bytes bytes -> new String(bytes.bytes(), StandardCharsets.UTF_8);
            case Reply.Content.Stream stream ->
                throw new IllegalStateException("a streamed answer cannot be kept: " + stream.type());
        };
    }
}
