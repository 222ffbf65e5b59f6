package io.meterline.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meterline.config.Settings;
import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** API keys: made, listed, changed, deleted, and looked up before every request. */
public final class ApiKeys {

    private static final int MAX_KEYS = 1_000;
    private static final int MAX_VALID_FOR_ONE_NAME = 2;
    private static final int MAX_CACHED = 10_000;
    private static final long LAST_USE_GRANULARITY_MICROS = 60_000_000;

    // Only another node's changes need it; this node's own take effect at once.
    private static final Duration CACHED_FOR = Duration.ofSeconds(30);

    private final ControlDatabase database;
    private final InstantSource clock;
    private final Cache<String, Optional<Known>> byHash = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(CACHED_FOR)
            .build();

    private record Known(Principal principal, @Nullable Long expiresAtMicros, AtomicLong lastUseNoted) {}

    public ApiKeys(ControlDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Whose key it is.
     *
     * @param secret what stood behind {@code Authorization: Bearer}
     * @throws RuleException 401 {@code invalid_api_key} or {@code api_key_expired}
     */
    public Principal authenticate(String secret) {
        if (!ApiKeySecret.isPossible(secret)) {
            throw invalidKey();
        }
        Known known = byHash.get(ApiKeySecret.hash(secret), this::load).orElseThrow(ApiKeys::invalidKey);
        long now = now();
        if (known.expiresAtMicros() != null && known.expiresAtMicros() <= now) {
            throw new RuleException(
                    RuleException.Kind.UNAUTHENTICATED,
                    "api_key_expired",
                    "This API key has expired. Create a new one and use that.");
        }
        noteUse(known, now);
        return known.principal();
    }

    /**
     * A new key of an environment. Its secret is in the answer and nowhere else.
     *
     * @throws RuleException 400 {@code expires_in_the_past}; 409 {@code too_many_keys_of_one_name} for a third valid key
     *     of a name, {@code too_many_keys} for more than 1,000
     */
    public CreatedApiKey create(Environment environment, NewApiKey wanted) {
        if (wanted.expiresAtMicros() != null && wanted.expiresAtMicros() <= now()) {
            throw new RuleException(
                    RuleException.Kind.INVALID, "expires_in_the_past", "expires_at must lie in the future.");
        }
        return database.write(handle -> {
            if (ApiKeyRows.count(handle, environment) >= MAX_KEYS) {
                throw new RuleException(
                        RuleException.Kind.CONFLICT,
                        "too_many_keys",
                        "An environment has at most 1000 keys. Delete those that are no longer used.");
            }
            if (ApiKeyRows.countValid(handle, environment, wanted.name(), now()) >= MAX_VALID_FOR_ONE_NAME) {
                throw new RuleException(
                        RuleException.Kind.CONFLICT,
                        "too_many_keys_of_one_name",
                        "Two valid keys are named %s already. Delete the older one first.".formatted(wanted.name()));
            }
            return insert(handle, environment, wanted, ApiKeySecret.next(environment), false);
        });
    }

    /** The keys of an environment, expired ones too, the newest first. */
    public Page<ApiKey> list(Environment environment, PageRequest request) {
        return database.read(handle -> {
            long total = ApiKeyRows.count(handle, environment);
            Page<ApiKeyRows.Row> rows =
                    Page.of(ApiKeyRows.page(handle, environment, request), request, total, ApiKeyRows.Row::number);
            return new Page<>(rows.data().stream().map(ApiKeyRows.Row::key).toList(), total, rows.nextCursor());
        });
    }

    /** One key. Throws {@code RuleException} 404 {@code api_key_not_found}. */
    public ApiKey get(Environment environment, String id) {
        return database.read(handle -> find(handle, environment, id)).key();
    }

    /** Changes how many events a key may push. Throws {@code RuleException} 404 {@code api_key_not_found}. */
    public ApiKey setRate(Environment environment, String id, EventRate rate) {
        ApiKeyRows.Row changed = database.write(handle -> {
            ApiKeyRows.Row row = find(handle, environment, id);
            handle.execute(
                    "UPDATE api_keys SET events_per_second = ? WHERE number = ?", rate.perSecond(), row.number());
            return find(handle, environment, id);
        });
        byHash.invalidate(changed.hash());
        return changed.key();
    }

    /**
     * Deletes a key; when this returns, it is refused. Throws {@code RuleException} 404 {@code api_key_not_found}.
     */
    public void delete(Environment environment, String id) {
        String hash = database.write(handle -> {
            ApiKeyRows.Row row = find(handle, environment, id);
            handle.execute("DELETE FROM api_keys WHERE number = ?", row.number());
            return row.hash();
        });
        byHash.invalidate(hash);
    }

    /**
     * Sees to the keys of a start. An environment that never had one gets a random one with all scopes, unless settings
     * fix its key. A fixed key exists after every start and replaces the one that settings fixed before.
     *
     * @return the random keys that were made now, to be shown once
     */
    public List<CreatedApiKey> bootstrap(Settings.Bootstrap fixed) {
        List<CreatedApiKey> made = database.write(handle -> {
            List<CreatedApiKey> random = new ArrayList<>();
            bootstrap(handle, Environment.LIVE, fixed.liveKey()).ifPresent(random::add);
            bootstrap(handle, Environment.TEST, fixed.testKey()).ifPresent(random::add);
            return random;
        });
        byHash.invalidateAll();
        return List.copyOf(made);
    }

    private Optional<CreatedApiKey> bootstrap(Handle handle, Environment environment, @Nullable String fixed) {
        boolean first = handle.execute(
                        "INSERT INTO api_key_bootstraps (environment, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        environment.text(),
                        now())
                == 1;
        NewApiKey wanted = new NewApiKey("first key", Scope.ALL, null, null);
        if (fixed == null) {
            return first
                    ? Optional.of(insert(handle, environment, wanted, ApiKeySecret.next(environment), false))
                    : Optional.empty();
        }
        String hash = ApiKeySecret.hash(fixed);
        for (ApiKeyRows.Row earlier : ApiKeyRows.ofSettings(handle, environment)) {
            if (!earlier.hash().equals(hash)) {
                handle.execute("DELETE FROM api_keys WHERE number = ?", earlier.number());
            }
        }
        if (ApiKeyRows.byHash(handle, hash).isEmpty()) {
            insert(handle, environment, wanted, fixed, true);
        }
        return Optional.empty();
    }

    private CreatedApiKey insert(
            Handle handle, Environment environment, NewApiKey wanted, String secret, boolean fromSettings) {
        EventRate rate = wanted.rate() == null ? EventRate.defaultOf(environment) : wanted.rate();
        ApiKey key = new ApiKey(
                ApiKeySecret.nextId(),
                environment,
                wanted.name(),
                ApiKeySecret.hint(secret),
                wanted.scopes(),
                rate.perSecond(),
                now(),
                wanted.expiresAtMicros(),
                null);
        ApiKeyRows.insert(handle, key, ApiKeySecret.hash(secret), fromSettings);
        return new CreatedApiKey(key, secret);
    }

    private Optional<Known> load(String hash) {
        return database.read(handle -> ApiKeyRows.byHash(handle, hash)).map(row -> {
            ApiKey key = row.key();
            Principal principal =
                    new Principal(key.id(), key.name(), key.environment(), key.scopes(), key.eventsPerSecond());
            long lastUse = key.lastUsedAtMicros() == null ? Long.MIN_VALUE : key.lastUsedAtMicros();
            return new Known(principal, key.expiresAtMicros(), new AtomicLong(lastUse));
        });
    }

    // At most one write a minute and key, and nobody waits for it.
    private void noteUse(Known known, long now) {
        long noted = known.lastUseNoted().get();
        boolean due = noted == Long.MIN_VALUE || now - noted >= LAST_USE_GRANULARITY_MICROS;
        if (due && known.lastUseNoted().compareAndSet(noted, now)) {
            database.writeSoon(
                    "noting the last use of a key",
                    handle -> handle.execute(
                            "UPDATE api_keys SET last_used_at = ? WHERE id = ?",
                            now,
                            known.principal().id()));
        }
    }

    private static ApiKeyRows.Row find(Handle handle, Environment environment, String id) {
        return ApiKeyRows.byId(handle, environment, id)
                .orElseThrow(() -> new RuleException(
                        RuleException.Kind.NOT_FOUND,
                        "api_key_not_found",
                        "There is no API key %s in this environment.".formatted(id)));
    }

    private static RuleException invalidKey() {
        return new RuleException(
                RuleException.Kind.UNAUTHENTICATED,
                "invalid_api_key",
                "This API key is not known. Send a valid one as Authorization: Bearer prod_… or test_….");
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
