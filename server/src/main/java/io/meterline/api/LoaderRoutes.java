package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.ingest.ExcessDigits;
import io.meterline.loader.LoaderDraft;
import io.meterline.loader.LoaderDraft.ExcessProperties;
import io.meterline.loader.LoaderDraft.Identity;
import io.meterline.loader.Loaders;
import io.meterline.loader.Previews;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /v1/loaders}: the data loaders of the caller's environment, their previews and their runs. */
public final class LoaderRoutes implements Routes.Source {

    private final Loaders loaders;
    private final Previews previews;
    private final LoaderViews views;

    public LoaderRoutes(Loaders loaders, Previews previews, InstantSource clock) {
        this.loaders = loaders;
        this.previews = previews;
        this.views = new LoaderViews(clock);
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("loaders");
        routes.post("/v1/loaders/preview", Scope.WRITE, this::preview).withoutIdempotencyKey();
        routes.get("/v1/loaders", Scope.READ, this::list).pages();
        routes.post("/v1/loaders", Scope.WRITE, this::create);
        routes.get("/v1/loaders/{id}", Scope.READ, this::get);
        routes.put("/v1/loaders/{id}", Scope.WRITE, this::update);
        routes.delete("/v1/loaders/{id}", Scope.WRITE, this::delete).takes("events");
        routes.post("/v1/loaders/{id}/run", Scope.WRITE, this::run);
        routes.get("/v1/loaders/{id}/runs", Scope.READ, this::runs).pages();
        routes.get("/v1/loaders/{id}/runs/{run_id}", Scope.READ, this::oneRun);
        routes.post("/v1/loaders/{id}/runs/{run_id}/cancel", Scope.WRITE, this::cancel)
                .withoutIdempotencyKey();
    }

    private record Wanted(
            @Nullable String name,
            @Nullable String connectionId,
            @Nullable String eventType,
            @Nullable String query,
            @Nullable String refresh,
            @Nullable JsonNode cursor,
            @Nullable Identity identity,
            @Nullable ExcessProperties excessProperties,
            @Nullable ExcessDigits excessDigits) {

        LoaderDraft draft() {
            if (refresh != null && !refresh.equals(LoaderViews.MANUAL)) {
                throw notSupportedYet("refresh", "Leave it out or send \"manual\", and start runs with /run.");
            }
            if (cursor != null && !cursor.isNull()) {
                throw notSupportedYet("cursor", "Leave it out: each run reads every row that the query returns.");
            }
            return new LoaderDraft(
                    Requests.present(name, "name"),
                    Requests.present(connectionId, "connection_id"),
                    Requests.present(eventType, "event_type"),
                    Requests.present(query, "query"),
                    identity == null ? Identity.ID_AND_CUSTOMER : identity,
                    excessProperties == null ? ExcessProperties.FAIL : excessProperties,
                    excessDigits == null ? ExcessDigits.ROUND : excessDigits);
        }
    }

    private record WantedPreview(
            @Nullable String connectionId,
            @Nullable String query,
            @Nullable String eventType) {}

    private enum Events {
        KEEP,
        DELETE
    }

    private record Deleted(long eventsDeleted) {}

    private Reply preview(Call call) {
        WantedPreview wanted = call.json(WantedPreview.class);
        return Reply.ok(LoaderViews.preview(previews.preview(
                call.environment(),
                Requests.present(wanted.connectionId(), "connection_id"),
                Requests.present(wanted.query(), "query"),
                wanted.eventType())));
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
        return Reply.ok(views.loader(loaders.update(call.environment(), call.path("id"), draft)));
    }

    private Reply delete(Call call) {
        call.query().required("events");
        boolean events = call.query().oneOf("events", Events.class).orElseThrow() == Events.DELETE;
        return Reply.ok(new Deleted(loaders.delete(call.environment(), call.path("id"), events)));
    }

    private Reply run(Call call) {
        return Reply.json(202, views.run(loaders.run(call.environment(), call.path("id"))));
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

    private static RuleException notSupportedYet(String field, String instead) {
        return new RuleException(
                Kind.UNPROCESSABLE,
                "not_supported_yet",
                "'" + field + "' is not supported yet. " + instead,
                java.util.List.of(new RuleException.Violation(field, "not_supported_yet", instead)));
    }
}
