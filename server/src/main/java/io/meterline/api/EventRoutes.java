package io.meterline.api;

import io.meterline.access.RateDecision;
import io.meterline.access.RateLimiter;
import io.meterline.access.Scope;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.event.Source;
import io.meterline.http.Body;
import io.meterline.http.Call;
import io.meterline.http.Json;
import io.meterline.http.Problem;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.ingest.Batch;
import io.meterline.ingest.EventError;
import io.meterline.ingest.EventLines;
import io.meterline.ingest.Ingest;
import io.meterline.ingest.LinePush;
import io.meterline.ingest.PushOptions;
import io.meterline.ingest.Pushed;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/** Events coming in: {@code POST /v1/events} and {@code POST /v1/events/batch}. */
final class EventRoutes implements Routes.Source {

    private static final String PRICED = "with_price_calculation";

    private final Ingest ingest;
    private final RateLimiter limiter;

    EventRoutes(Ingest ingest, RateLimiter limiter) {
        this.ingest = ingest;
        this.limiter = limiter;
    }

    @Override
    public void register(Routes routes) {
        routes.post("/v1/events", Scope.INGEST, this::one)
                .takes("replace", PRICED)
                .withoutIdempotencyKey();
        routes.post("/v1/events/batch", Scope.INGEST, this::batch)
                .takes("replace", PRICED)
                .withoutIdempotencyKey();
    }

    private Reply one(Call call) {
        PushOptions options = options(call);
        byte[] body = call.body(Body.MAX_JSON_BYTES, Body.JSON).bytes();
        Batch event = ingest.parser(options).one(body);
        return limited(call, 1, () -> one(ingest.push(event, options)));
    }

    /** The answer to one event. */
    static Reply one(Pushed pushed) {
        if (!pushed.failed().isEmpty()) {
            throw failure(pushed.failed().getFirst().error());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.mapper().createGenerator(out)) {
            EventAnswers.created(json, pushed.batch().body(), pushed.created().getFirst());
        }
        return Reply.bytes(201, Body.JSON, out.toByteArray());
    }

    private Reply batch(Call call) {
        PushOptions options = options(call);
        boolean minimal = prefersMinimal(call);
        Body body = call.body(Body.MAX_NDJSON_BYTES, Body.JSON, Body.NDJSON);
        return body.mediaType().equals(Body.NDJSON)
                ? lines(call, options, minimal, body.bytes())
                : array(call, options, minimal, body.bytes());
    }

    private Reply array(Call call, PushOptions options, boolean minimal, byte[] body) {
        Batch events = ingest.parser(options).array(body);
        return limited(call, events.size(), () -> {
            PushAnswer answer = new PushAnswer(body, minimal);
            answer.add(ingest.push(events, options));
            return answer.reply();
        });
    }

    private Reply lines(Call call, PushOptions options, boolean minimal, byte[] body) {
        int count = EventLines.count(body);
        if (count == 0) {
            throw new RuleException(Kind.INVALID, "empty_batch", "Send at least one event, each on a line of its own.");
        }
        return limited(call, count, () -> {
            PushAnswer answer = new PushAnswer(body, minimal);
            LinePush.push(ingest, body, options, answer::add);
            return answer.reply();
        });
    }

    /** Takes the events from the key's balance first; a request that is over the limit does nothing. */
    private Reply limited(Call call, int events, Supplier<Reply> push) {
        Optional<RateDecision> decision = limiter.take(call.principal(), events);
        if (decision.isEmpty()) {
            return push.get();
        }
        RateDecision rate = decision.get();
        Reply reply = rate.allowed() ? answered(push) : tooFast(rate);
        return reply.header("X-RateLimit-Limit", Integer.toString(rate.limit()))
                .header("X-RateLimit-Remaining", Long.toString(rate.remaining()))
                .header("X-RateLimit-Reset", Long.toString(rate.resetSeconds()));
    }

    // So that the answer to a refused event carries the headers of the limit, too.
    private static Reply answered(Supplier<Reply> push) {
        try {
            return push.get();
        } catch (RuleException e) {
            return Problem.reply(e);
        }
    }

    private static Reply tooFast(RateDecision rate) {
        RuleException problem = new RuleException(
                Kind.RATE_LIMITED,
                "rate_limited",
                "This key may send " + rate.limit() + " events a second; nothing was taken. Try again in "
                        + rate.retryAfterSeconds() + " s, or raise events_per_second of the key.");
        return Problem.reply(problem).header("Retry-After", Long.toString(rate.retryAfterSeconds()));
    }

    private static PushOptions options(Call call) {
        if (call.query().flag(PRICED, false)) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "price_calculation_not_available",
                    "This server does not calculate prices of events yet. Leave with_price_calculation out.");
        }
        return new PushOptions(call.environment(), Source.PUSH, call.query().flag("replace", false));
    }

    private static boolean prefersMinimal(Call call) {
        return call.header("Prefer")
                .map(prefer -> Arrays.stream(prefer.split("[,;]"))
                        .anyMatch(part -> part.replaceAll("[\\s\"]", "").equalsIgnoreCase("return=minimal")))
                .orElse(false);
    }

    private static RuleException failure(EventError error) {
        Kind kind = switch (error.code()) {
            case UNKNOWN_CUSTOMER, TOO_MANY_EVENT_TYPES, TOO_MANY_PROPERTIES -> Kind.UNPROCESSABLE;
            default -> Kind.INVALID;
        };
        String code = error.code().text();
        return new RuleException(
                kind, code, error.message(), List.of(new Violation(error.path(), code, error.message())));
    }
}
