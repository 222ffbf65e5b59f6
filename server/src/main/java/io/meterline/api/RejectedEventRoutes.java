package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.control.Page;
import io.meterline.event.Timestamps;
import io.meterline.http.Body;
import io.meterline.http.Call;
import io.meterline.http.Query;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.ingest.RejectedEvent;
import io.meterline.ingest.RejectedEvents;
import io.meterline.ingest.RejectedFilter;
import io.meterline.ingest.Rejection;
import io.meterline.ingest.Replay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was refused: {@code /v1/events/rejected}. */
final class RejectedEventRoutes implements Routes.Source {

    private final RejectedEvents rejected;
    private final Replay replay;

    RejectedEventRoutes(RejectedEvents rejected, Replay replay) {
        this.rejected = rejected;
        this.replay = replay;
    }

    @Override
    public void register(Routes routes) {
        routes.get("/v1/events/rejected", Scope.READ, this::list)
                .pages()
                .takes("code", "source", "origin", "event_type", "customer_id", "received_at__gte", "received_at__lt");
        routes.get("/v1/events/rejected/{id}", Scope.READ, this::get);
        routes.post("/v1/events/rejected/{id}/replay", Scope.INGEST, this::replay)
                .audited()
                .withoutIdempotencyKey();
    }

    record View(
            String id,
            String environment,
            String source,
            @Nullable String origin,
            String receivedAt,
            String code,
            String path,
            String message,
            @Nullable String eventType,
            @Nullable String customerId,
            String raw,
            boolean complete) {

        static View of(RejectedEvent event) {
            Rejection rejection = event.rejection();
            return new View(
                    RejectedEvents.id(event.number()),
                    event.environment().text(),
                    event.source().text(),
                    event.origin(),
                    Timestamps.text(event.receivedAtMicros()),
                    rejection.code(),
                    rejection.path(),
                    rejection.message(),
                    rejection.eventType(),
                    rejection.customerId(),
                    rejection.raw(),
                    rejection.complete());
        }
    }

    /** As of every list, and how many were lost because there were too many. */
    private record Meta(
            long total, int taken, int skipped, @Nullable String nextCursor, long dropped) {}

    private record Listed(Meta meta, List<View> data) {}

    private Reply list(Call call) {
        io.meterline.http.Page page = io.meterline.http.Page.of(call.query());
        Page<RejectedEvent> found = rejected.list(call.environment(), filter(call.query()), Listings.request(page));
        List<View> data = found.data().stream().map(View::of).toList();
        Meta meta = new Meta(
                found.total(), data.size(), page.skip(), found.nextCursor(), rejected.dropped(call.environment()));
        return Reply.ok(new Listed(meta, data));
    }

    private Reply get(Call call) {
        long number = number(call);
        return Reply.ok(
                View.of(rejected.find(call.environment(), number).orElseThrow(() -> Replay.unknown(call.path("id")))));
    }

    private Reply replay(Call call) {
        byte[] corrected =
                call.hasBody() ? call.body(Body.MAX_JSON_BYTES, Body.JSON).bytes() : null;
        return EventRoutes.one(replay.replay(call.environment(), number(call), corrected));
    }

    private static long number(Call call) {
        String id = call.path("id");
        return RejectedEvents.number(id).orElseThrow(() -> Replay.unknown(id));
    }

    private static RejectedFilter filter(Query query) {
        return new RejectedFilter(
                query.text("code").orElse(null),
                EventQueries.source(query),
                query.text("origin").orElse(null),
                query.text("event_type").orElse(null),
                query.text("customer_id").orElse(null),
                EventQueries.period(query, "received_at"));
    }
}
