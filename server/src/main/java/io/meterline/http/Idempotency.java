package io.meterline.http;

import io.meterline.access.IdempotencyKeys;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a request that carries an {@code Idempotency-Key} once, and gives its answer again when it comes again. */
final class Idempotency {

    private static final byte[] NO_BODY = {};

    private final IdempotencyKeys keys;

    Idempotency(IdempotencyKeys keys) {
        this.keys = keys;
    }

    Reply answer(Route route, Call call) throws Exception {
        Optional<String> key = call.header("Idempotency-Key");
        if (key.isEmpty()) {
            return route.handler().handle(call);
        }
        byte[] body = call.hasBody() ? call.body(Body.MAX_JSON_BYTES, Body.JSON).bytes() : NO_BODY;
        String hash = IdempotencyKeys.hash(route.method(), call.target(), body);
        AtomicReference<Reply> answered = new AtomicReference<>();
        IdempotencyKeys.Response response = keys.run(call.environment(), key.get(), hash, () -> {
            Reply reply = handle(route, call);
            answered.set(reply);
            return new IdempotencyKeys.Response(reply.status(), text(reply.kept()), false);
        });
        Reply first = answered.get();
        return first != null ? first : again(response);
    }

    private static Reply again(IdempotencyKeys.Response response) {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        return Reply.bytes(response.status(), Body.JSON, body).header("Idempotent-Replayed", "true");
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
