package io.meterline.api;

import io.meterline.access.ApiKey;
import io.meterline.access.ApiKeys;
import io.meterline.access.CreatedApiKey;
import io.meterline.access.EventRate;
import io.meterline.access.NewApiKey;
import io.meterline.access.Scope;
import io.meterline.event.Timestamps;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /v1/api-keys}: the keys of the caller's own environment. */
public final class ApiKeyRoutes implements Routes.Source {

    private final ApiKeys keys;

    public ApiKeyRoutes(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("api-keys");
        routes.get("/v1/api-keys", Scope.ADMIN, this::list).pages();
        routes.post("/v1/api-keys", Scope.ADMIN, this::create);
        routes.get("/v1/api-keys/{id}", Scope.ADMIN, this::get);
        routes.put("/v1/api-keys/{id}", Scope.ADMIN, this::change);
        routes.delete("/v1/api-keys/{id}", Scope.ADMIN, this::delete);
    }

    // The rate is a node, since a missing one (the default) and null (any number) differ.
    private record Wanted(
            @Nullable String name,
            @Nullable Set<Scope> scopes,
            @Nullable Instant expiresAt,
            @Nullable JsonNode eventsPerSecond) {}

    private record Changes(@Nullable JsonNode eventsPerSecond) {}

    private record View(
            String id,
            String environment,
            @Nullable String name,
            @Nullable String key,
            String hint,
            List<String> scopes,
            @Nullable Integer eventsPerSecond,
            String createdAt,
            @Nullable String expiresAt,
            @Nullable String lastUsedAt) {

        static View of(ApiKey key, @Nullable String secret) {
            return new View(
                    key.id(),
                    key.environment().text(),
                    key.name(),
                    secret,
                    key.hint(),
                    key.scopes().stream().sorted().map(Scope::text).toList(),
                    key.eventsPerSecond(),
                    Timestamps.text(key.createdAtMicros()),
                    text(key.expiresAtMicros()),
                    text(key.lastUsedAtMicros()));
        }

        private static @Nullable String text(@Nullable Long micros) {
            return micros == null ? null : Timestamps.text(micros);
        }
    }

    private Reply list(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(
                Listings.of(page, keys.list(call.environment(), Listings.request(page)), key -> View.of(key, null)));
    }

    private Reply create(Call call) {
        Wanted wanted = call.json(Wanted.class);
        NewApiKey key = new NewApiKey(
                wanted.name(),
                wanted.scopes() == null ? Set.of() : wanted.scopes(),
                wanted.expiresAt() == null ? null : Timestamps.micros(wanted.expiresAt()),
                wanted.eventsPerSecond() == null ? null : rate(wanted.eventsPerSecond()));
        CreatedApiKey created = keys.create(call.environment(), key);
        return Reply.created(View.of(created.key(), created.secret())).keeping(View.of(created.key(), null));
    }

    private Reply get(Call call) {
        return Reply.ok(View.of(keys.get(call.environment(), call.path("id")), null));
    }

    private Reply change(Call call) {
        JsonNode rate = call.json(Changes.class).eventsPerSecond();
        if (rate == null) {
            throw Requests.required("events_per_second");
        }
        return Reply.ok(View.of(keys.setRate(call.environment(), call.path("id"), rate(rate)), null));
    }

    private Reply delete(Call call) {
        keys.delete(call.environment(), call.path("id"));
        return Reply.noContent();
    }

    private static EventRate rate(JsonNode node) {
        if (node.isNull()) {
            return EventRate.UNLIMITED;
        }
        if (!node.isInt()) {
            throw Requests.invalid("events_per_second", "must be a whole number from 1 to 1000000, or null");
        }
        return new EventRate(node.intValue());
    }
}
