package io.meterline.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.access.IdempotencyKeys.Response;
import io.meterline.control.ControlDatabase;
import io.meterline.control.SettableClock;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdempotencyKeysTest {

    private static final Environment LIVE = Environment.LIVE;
    private static final String HASH = hash("{\"name\":\"a\"}");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final AtomicInteger runs = new AtomicInteger();
    private ControlDatabase database;
    private IdempotencyKeys keys;

    @BeforeEach
    void open() {
        database = ControlDatabase.open(folder, 2, 1_000);
        keys = new IdempotencyKeys(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theSameRequestRunsOnceAndIsAnsweredTheSameAlsoAfterARestart() {
        assertThat(run("k", HASH)).isEqualTo(new Response(201, "{\"run\":1}", false));
        assertThat(run("k", HASH)).isEqualTo(new Response(201, "{\"run\":1}", true));
        close();
        open();
        assertThat(run("k", HASH)).isEqualTo(new Response(201, "{\"run\":1}", true));
        assertThat(runs).hasValue(1);
    }

    @Test
    void theSameKeyWithAnotherRequestIsRefused() {
        run("k", HASH);
        refused("idempotency_key_reused", () -> run("k", hash("{\"name\":\"b\"}")));
        refused("idempotency_key_reused", () -> run("k", IdempotencyKeys.hash("POST", "/v1/other", new byte[0])));
        assertThat(runs).hasValue(1);
    }

    @Test
    void environmentsDoNotShareKeys() {
        run("k", HASH);
        assertThat(keys.run(Environment.TEST, "k", HASH, this::answer).replayed())
                .isFalse();
    }

    @Test
    void aSecondRequestWhileTheFirstIsRunningIsRefused() {
        keys.run(LIVE, "k", HASH, () -> {
            refused("idempotency_key_in_use", () -> run("k", HASH));
            return answer();
        });
        assertThat(runs).hasValue(1);
    }

    @Test
    void anAnswerThatIsNoSuccessIsNotKept() {
        keys.run(LIVE, "k", HASH, () -> new Response(422, "{}", false));
        assertThatThrownBy(() -> keys.run(LIVE, "k", HASH, () -> {
                    throw new IllegalStateException("boom");
                }))
                .hasMessage("boom");
        assertThat(run("k", hash("{\"name\":\"corrected\"}")).replayed()).isFalse();
    }

    @Test
    void aKeyIsFreeAgainAfterADay() {
        run("k", HASH);
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(run("k", HASH).replayed()).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(run("k", hash("another")).replayed()).isFalse();
    }

    @Test
    void oldKeysAreRemoved() {
        for (int i = 0; i < 10; i++) {
            run("k" + i, HASH);
        }
        clock.advance(Duration.ofHours(25));
        run("new", HASH);
        long rows = database.read(handle -> handle.select("SELECT count(*) FROM idempotency_keys")
                .mapTo(Long.class)
                .one());
        assertThat(rows).isEqualTo(1);
    }

    @Test
    void aRequestThatDiedFreesItsKeyAfterTwoMinutes() {
        // Given a request that was begun by a process that is gone
        database.write(handle -> handle.execute(
                "INSERT INTO idempotency_keys (environment, idempotency_key, request_hash, started_at)"
                        + " VALUES ('live', 'k', ?, ?)",
                HASH,
                Timestamps.micros(clock.instant())));
        // Then
        refused("idempotency_key_in_use", () -> run("k", HASH));
        clock.advance(Duration.ofMinutes(2));
        assertThat(run("k", HASH).replayed()).isFalse();
    }

    @Test
    void keysThatNobodyCanReadAreRefused() {
        for (String key : new String[] {"", " ", "a\nb", "ä", "x".repeat(256)}) {
            refused("invalid_idempotency_key", () -> run(key, HASH));
        }
    }

    private Response run(String key, String hash) {
        return keys.run(LIVE, key, hash, this::answer);
    }

    private Response answer() {
        return new Response(201, "{\"run\":" + runs.incrementAndGet() + "}", false);
    }

    private static String hash(String body) {
        return IdempotencyKeys.hash("POST", "/v1/customers", body.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
