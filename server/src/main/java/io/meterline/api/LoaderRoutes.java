package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.event.Timestamps;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.ingest.ExcessDigits;
import io.meterline.loader.CursorRule;
import io.meterline.loader.LoaderDraft;
import io.meterline.loader.LoaderDraft.ExcessProperties;
import io.meterline.loader.LoaderDraft.Identity;
import io.meterline.loader.Loaders;
import io.meterline.loader.Previews;
import io.meterline.loader.Refresh;
import io.meterline.loader.source.RowLimits;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /v1/loaders}: the data loaders of the caller's environment, their previews and their runs. */
public final class LoaderRoutes implements Routes.Source, AutoCloseable {

    private static final int SHOWN_TIMES = 5;

    private final Loaders loaders;
    private final Previews previews;
    private final LoaderViews views;
    private final InstantSource clock;
    private final RunStreams streams = new RunStreams();

    public LoaderRoutes(Loaders loaders, Previews previews, InstantSource clock) {
        this.loaders = loaders;
        this.previews = previews;
        this.views = new LoaderViews(clock);
        this.clock = clock;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("loaders");
        routes.post("/v1/loaders/preview", Scope.WRITE, this::preview)
                .withoutIdempotencyKey()
                .changesNothing()
                .evenOnFullDisk();
        routes.get("/v1/loaders/schedule", Scope.READ, this::schedule).takes("refresh");
        routes.get("/v1/loaders", Scope.READ, this::list).pages();
        routes.post("/v1/loaders", Scope.WRITE, this::create);
        routes.get("/v1/loaders/{id}", Scope.READ, this::get);
        routes.put("/v1/loaders/{id}", Scope.WRITE, this::update).takes("reset_cursor");
        routes.delete("/v1/loaders/{id}", Scope.WRITE, this::delete).takes("events");
        routes.post("/v1/loaders/{id}/run", Scope.WRITE, this::run);
        routes.post("/v1/loaders/{id}/pause", Scope.WRITE, this::pause)
                .withoutIdempotencyKey()
                .evenOnFullDisk();
        routes.post("/v1/loaders/{id}/resume", Scope.WRITE, this::resume).withoutIdempotencyKey();
        routes.post("/v1/loaders/{id}/cursor", Scope.WRITE, this::moveCursor).withoutIdempotencyKey();
        routes.get("/v1/loaders/{id}/runs", Scope.READ, this::runs).pages();
        routes.get("/v1/loaders/{id}/runs/{run_id}", Scope.READ, this::oneRun);
        routes.get("/v1/loaders/{id}/runs/{run_id}/progress", Scope.READ, this::progress);
        routes.post("/v1/loaders/{id}/runs/{run_id}/cancel", Scope.WRITE, this::cancel)
                .withoutIdempotencyKey()
                .evenOnFullDisk();
    }

    private record Wanted(
            @Nullable String name,
            @Nullable String connectionId,
            @Nullable String eventType,
            @Nullable String query,
            @Nullable String refresh,
            @Nullable WantedCursor cursor,
            @Nullable Identity identity,
            @Nullable ExcessProperties excessProperties,
            @Nullable ExcessDigits excessDigits,
            @Nullable Long maxRows,
            @Nullable Long maxBytes) {

        LoaderDraft draft() {
            return new LoaderDraft(
                    Requests.present(name, "name"),
                    Requests.present(connectionId, "connection_id"),
                    Requests.present(eventType, "event_type"),
                    Requests.present(query, "query"),
                    refresh == null ? Refresh.usual() : Refresh.parse(refresh),
                    cursor == null ? null : cursor.rule(),
                    identity == null ? Identity.ID_AND_CUSTOMER : identity,
                    excessProperties == null ? ExcessProperties.FAIL : excessProperties,
                    excessDigits == null ? ExcessDigits.ROUND : excessDigits,
                    new RowLimits(limit(maxRows, "max_rows"), limit(maxBytes, "max_bytes")));
        }

        private static long limit(@Nullable Long limit, String path) {
            if (limit != null && limit < 1) {
                throw Requests.invalid(path, "must be 1 or more, or left out for any number");
            }
            return limit == null ? 0 : limit;
        }
    }

    /**
     * A cursor as it is sent.
     *
     * @param initial text or number
     * @param overlap text or number
     */
    private record WantedCursor(
            @Nullable String column,
            @Nullable JsonNode initial,
            @Nullable JsonNode overlap,
            @Nullable String fullReload) {

        CursorRule rule() {
            return new CursorRule(
                    Requests.present(column, "cursor.column"),
                    text(initial, "cursor.initial"),
                    text(overlap, "cursor.overlap"),
                    CursorRule.fullReload(fullReload));
        }

        private static @Nullable String text(@Nullable JsonNode value, String path) {
            if (value == null || value.isNull()) {
                return null;
            }
            if (!value.isString() && !value.isNumber()) {
                throw Requests.invalid(path, "must be a text or a number");
            }
            return value.isNumber() ? value.asDecimal().toPlainString() : value.asString();
        }
    }

    private record WantedRun(@Nullable Boolean fullReload) {}

    private record WantedMove(
            @Nullable Boolean reset, @Nullable JsonNode value) {}

    private record WantedPreview(
            @Nullable String connectionId,
            @Nullable String query,
            @Nullable WantedCursor cursor,
            @Nullable String eventType) {}

    private enum Events {
        KEEP,
        DELETE
    }

    private record Upcoming(String refresh, List<String> next) {}

    private record Deleted(long eventsDeleted) {}

    private Reply preview(Call call) {
        WantedPreview wanted = call.json(WantedPreview.class);
        return Reply.ok(LoaderViews.preview(previews.preview(
                call.environment(),
                Requests.present(wanted.connectionId(), "connection_id"),
                Requests.present(wanted.query(), "query"),
                wanted.cursor() == null ? null : wanted.cursor().rule(),
                wanted.eventType())));
    }

    private Reply schedule(Call call) {
        Refresh refresh = Refresh.parse(call.query().required("refresh"));
        long now = Timestamps.micros(clock.instant());
        return Reply.ok(new Upcoming(
                refresh.text(),
                refresh.upcoming(now, SHOWN_TIMES).stream()
                        .map(Timestamps::text)
                        .toList()));
    }

    private Reply list(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(Listings.of(page, loaders.list(call.environment(), Listings.request(page)), views::loader));
    }

    private Reply create(Call call) {
        LoaderDraft draft = call.json(Wanted.class).draft();
        return Reply.created(views.loader(loaders.create(call.environment(), draft)));
    }

    private Reply get(Call call) {
        return Reply.ok(views.loader(loaders.get(call.environment(), call.path("id"))));
    }

    private Reply update(Call call) {
        LoaderDraft draft = call.json(Wanted.class).draft();
        return Reply.ok(views.loader(loaders.update(
                call.environment(), call.path("id"), draft, call.query().flag("reset_cursor", false))));
    }

    private Reply delete(Call call) {
        call.query().required("events");
        boolean events = call.query().oneOf("events", Events.class).orElseThrow() == Events.DELETE;
        return Reply.ok(new Deleted(loaders.delete(call.environment(), call.path("id"), events)));
    }

    private Reply run(Call call) {
        boolean full = call.optionalJson(WantedRun.class)
                .map(wanted -> Boolean.TRUE.equals(wanted.fullReload()))
                .orElse(false);
        return Reply.json(202, views.run(loaders.run(call.environment(), call.path("id"), full)));
    }

    private Reply pause(Call call) {
        return Reply.ok(views.loader(loaders.pause(call.environment(), call.path("id"))));
    }

    private Reply resume(Call call) {
        return Reply.ok(views.loader(loaders.resume(call.environment(), call.path("id"))));
    }

    private Reply moveCursor(Call call) {
        WantedMove wanted = call.json(WantedMove.class);
        String value = WantedCursor.text(wanted.value(), "value");
        boolean reset = Boolean.TRUE.equals(wanted.reset());
        if (reset == (value != null)) {
            throw Requests.invalid("value", "or 'reset': true is what to send, one of them");
        }
        return Reply.ok(views.loader(loaders.moveCursor(call.environment(), call.path("id"), value)));
    }

    private Reply progress(Call call) {
        return streams.of(() -> views.run(loaders.run(call.environment(), call.path("id"), call.path("run_id"))));
    }

    private Reply runs(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(Listings.of(
                page, loaders.runs(call.environment(), call.path("id"), Listings.request(page)), views::run));
    }

    private Reply oneRun(Call call) {
        return Reply.ok(views.run(loaders.run(call.environment(), call.path("id"), call.path("run_id"))));
    }

    private Reply cancel(Call call) {
        return Reply.json(202, views.run(loaders.cancel(call.environment(), call.path("id"), call.path("run_id"))));
    }

    /** Ends the streams that follow runs. */
    @Override
    public void close() {
        streams.close();
    }
}
