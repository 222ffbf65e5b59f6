package io.meterline.access;

import io.meterline.control.Columns;
import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Requests that must not run twice: the answer to an {@code Idempotency-Key} is kept for 24 hours and given again
 * (product rules, "HTTP conventions").
 *
 * <p>Only answers of success are kept, so that a refused request may be corrected under the same key. When the process
 * dies in the middle of a request, its key is free again two minutes after it started.
 */
public final class IdempotencyKeys {

    private static final int MAX_LENGTH = 255;
    private static final int MAX_KEYS = 200_000;
    private static final long KEEP_MICROS = Duration.ofHours(24).toNanos() / 1_000;
    private static final long LEASE_MICROS = Duration.ofMinutes(2).toNanos() / 1_000;
    private static final long CLEAN_EVERY_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;

    private final ControlDatabase database;
    private final InstantSource clock;
    private final AtomicLong cleanedAtMicros = new AtomicLong(Long.MIN_VALUE);

    /**
     * An answer.
     *
     * @param replayed true when it was given before and nothing ran now
     */
    public record Response(int status, String body, boolean replayed) {}

    private record Row(
            String requestHash,
            long startedAtMicros,
            @Nullable Integer status,
            @Nullable String response) {}

    public IdempotencyKeys(ControlDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Runs a request, or gives the answer of the time that it ran.
     *
     * @param key the header's value, 1..255 printable characters
     * @param requestHash see {@link #hash}
     * @throws RuleException 400 {@code invalid_idempotency_key}; 409 {@code idempotency_key_reused} when the key came
     *     with another request, {@code idempotency_key_in_use} while the first is still running; 503 {@code overloaded}
     *     when too many keys are kept; and whatever the work throws
     */
    public Response run(Environment environment, String key, String requestHash, Supplier<Response> work) {
        check(key);
        long startedAt = now();
        Optional<Response> earlier = database.write(handle -> begin(handle, environment, key, requestHash, startedAt));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        boolean succeeded = false;
        try {
            Response response = work.get();
            // Set first: if the answer cannot be stored, the key stays in use rather than let the work run twice.
            succeeded = response.status() < 300;
            if (succeeded) {
                database.write(handle -> finish(handle, environment, key, startedAt, response));
            }
            return response;
        } finally {
            if (!succeeded) {
                database.write(handle -> handle.execute(
                        "DELETE FROM idempotency_keys WHERE environment = ? AND idempotency_key = ? AND started_at = ?",
                        environment.text(),
                        key,
                        startedAt));
            }
        }
    }

    /**
     * Forgets the kept answers of an environment that hold one of these texts, as part of erasing a person's data. Their keys
     * are free again.
     */
    public int erase(Environment environment, Set<String> texts) {
        return database.write(handle -> {
            int erased = 0;
            for (String text : texts) {
                erased += handle.execute(
                        "DELETE FROM idempotency_keys WHERE environment = ? AND instr(response, ?) > 0",
                        environment.text(),
                        text);
            }
            return erased;
        });
    }

    private Optional<Response> begin(Handle handle, Environment environment, String key, String hash, long now) {
        cleanSometimes(handle, now);
        Optional<Row> found = find(handle, environment, key).filter(row -> row.startedAtMicros() > now - KEEP_MICROS);
        if (found.isPresent()) {
            Row row = found.get();
            if (!row.requestHash().equals(hash)) {
                throw conflict(
                        "idempotency_key_reused",
                        "This Idempotency-Key came with another request before. Take a new key for a new request.");
            }
            if (row.status() != null && row.response() != null) {
                return Optional.of(new Response(row.status(), row.response(), true));
            }
            if (row.startedAtMicros() > now - LEASE_MICROS) {
                throw conflict(
                        "idempotency_key_in_use",
                        "The first request with this Idempotency-Key is still running. Try again in a second.");
            }
        }
        handle.createUpdate("""
                        INSERT INTO idempotency_keys (environment, idempotency_key, request_hash, started_at)
                        VALUES (:environment, :key, :hash, :now)
                        ON CONFLICT (environment, idempotency_key) DO UPDATE SET
                            request_hash = excluded.request_hash, started_at = excluded.started_at,
                            status = NULL, response = NULL
                        """)
                .bind("environment", environment.text())
                .bind("key", key)
                .bind("hash", hash)
                .bind("now", now)
                .execute();
        return Optional.empty();
    }

    private static int finish(Handle handle, Environment environment, String key, long startedAt, Response response) {
        return handle.createUpdate("""
                        UPDATE idempotency_keys SET status = :status, response = :response
                        WHERE environment = :environment AND idempotency_key = :key AND started_at = :startedAt
                        """)
                .bind("status", response.status())
                .bind("response", response.body())
                .bind("environment", environment.text())
                .bind("key", key)
                .bind("startedAt", startedAt)
                .execute();
    }

    private static Optional<Row> find(Handle handle, Environment environment, String key) {
        return handle.createQuery("""
                        SELECT request_hash, started_at, status, response FROM idempotency_keys
                        WHERE environment = :environment AND idempotency_key = :key
                        """)
                .bind("environment", environment.text())
                .bind("key", key)
                .map((row, _) -> new Row(
                        row.getString("request_hash"),
                        row.getLong("started_at"),
                        Columns.nullableInt(row, "status"),
                        row.getString("response")))
                .findOne();
    }

    // Runs inside the writing transaction, so never twice at once.
    private void cleanSometimes(Handle handle, long now) {
        long last = cleanedAtMicros.get();
        if (last != Long.MIN_VALUE && now - last < CLEAN_EVERY_MICROS) {
            return;
        }
        handle.execute("DELETE FROM idempotency_keys WHERE started_at <= ?", now - KEEP_MICROS);
        long kept = handle.createQuery("SELECT count(*) FROM idempotency_keys")
                .mapTo(Long.class)
                .one();
        if (kept >= MAX_KEYS) {
            throw new RuleException(
                    RuleException.Kind.OVERLOADED,
                    "overloaded",
                    "More Idempotency-Keys came within 24 hours than are kept. Send the request without one.");
        }
        cleanedAtMicros.set(now);
    }

    private static void check(String key) {
        boolean printable = key.chars().allMatch(c -> c >= ' ' && c < 127);
        if (key.isBlank() || key.length() > MAX_LENGTH || !printable) {
            throw new RuleException(
                    RuleException.Kind.INVALID,
                    "invalid_idempotency_key",
                    "Idempotency-Key must be 1 to 255 printable ASCII characters, as in a UUID.");
        }
    }

    /**
     * What tells two requests apart.
     *
     * @param path with its query
     * @param body as it came, unpacked
     */
    public static String hash(String method, String path, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((method + "\n" + path + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static RuleException conflict(String code, String message) {
        return new RuleException(RuleException.Kind.CONFLICT, code, message);
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
