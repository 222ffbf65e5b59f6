package io.meterline.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.config.Settings;
import io.meterline.control.ControlDatabase;
import io.meterline.control.PageRequest;
import io.meterline.control.SettableClock;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiKeysTest {

    private static final String FIXED = "prod_0123456789abcdefghij";
    private static final Settings.Bootstrap NOTHING_FIXED = new Settings.Bootstrap(null, null);

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private ControlDatabase database;
    private ApiKeys keys;

    @BeforeEach
    void open() {
        database = ControlDatabase.open(folder, 2, 1_000);
        keys = new ApiKeys(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aKeyTellsItsEnvironmentAndScopes() {
        CreatedApiKey made = keys.create(
                Environment.TEST, new NewApiKey("ci", EnumSet.of(Scope.INGEST, Scope.READ), null, new EventRate(7)));

        assertThat(made.secret()).matches("test_[0-9a-f]{40}");
        assertThat(made.toString()).doesNotContain(made.secret());
        assertThat(keys.authenticate(made.secret()))
                .isEqualTo(new Principal(made.key().id(), "ci", Environment.TEST, Set.of(Scope.READ, Scope.INGEST), 7));
        assertThat(keys.create(Environment.LIVE, named(null)).secret()).matches("prod_[0-9a-f]{40}");
    }

    @Test
    void theDatabaseHoldsNoSecret() {
        CreatedApiKey made = keys.create(Environment.LIVE, named("a"));
        String row = database.read(handle ->
                handle.select("SELECT * FROM api_keys").mapToMap().one().toString());
        assertThat(row)
                .doesNotContain(made.secret())
                .doesNotContain(made.secret().substring(12));
    }

    @Test
    void aTestKeyIsLimitedAndALiveKeyIsNotUnlessItIsSaid() {
        assertThat(keys.create(Environment.TEST, named(null)).key().eventsPerSecond())
                .isEqualTo(50);
        assertThat(keys.create(Environment.LIVE, named(null)).key().eventsPerSecond())
                .isNull();
        assertThat(keys.create(Environment.TEST, new NewApiKey(null, Scope.ALL, null, EventRate.UNLIMITED))
                        .key()
                        .eventsPerSecond())
                .isNull();
    }

    @Test
    void unknownAndMisshapenKeysAreRefused() {
        for (String secret : List.of("", "x", "prod_", "prod_" + "0".repeat(40), "test_" + "x".repeat(10_000))) {
            refused(RuleException.Kind.UNAUTHENTICATED, "invalid_api_key", () -> keys.authenticate(secret));
        }
    }

    @Test
    void aKeyThatWasTriedTooEarlyWorksOnceItExists() {
        refused(RuleException.Kind.UNAUTHENTICATED, "invalid_api_key", () -> keys.authenticate(FIXED));
        keys.bootstrap(new Settings.Bootstrap(FIXED, null));
        assertThat(keys.authenticate(FIXED).environment()).isEqualTo(Environment.LIVE);
    }

    @Test
    void aDeletedKeyStopsWorkingAtOnce() {
        CreatedApiKey made = keys.create(Environment.LIVE, named("a"));
        keys.authenticate(made.secret());

        keys.delete(Environment.LIVE, made.key().id());

        refused(RuleException.Kind.UNAUTHENTICATED, "invalid_api_key", () -> keys.authenticate(made.secret()));
        refused(
                RuleException.Kind.NOT_FOUND,
                "api_key_not_found",
                () -> keys.delete(Environment.LIVE, made.key().id()));
    }

    @Test
    void aKeyOfAnotherEnvironmentCannotBeTouched() {
        CreatedApiKey made = keys.create(Environment.LIVE, named("a"));
        refused(
                RuleException.Kind.NOT_FOUND,
                "api_key_not_found",
                () -> keys.delete(Environment.TEST, made.key().id()));
        assertThat(keys.list(Environment.TEST, PageRequest.FIRST).data()).isEmpty();
    }

    @Test
    void aKeyExpires() {
        long inAnHour = Timestamps.micros(clock.instant().plus(Duration.ofHours(1)));
        CreatedApiKey made = keys.create(Environment.LIVE, new NewApiKey("a", Scope.ALL, inAnHour, null));
        keys.authenticate(made.secret());

        clock.advance(Duration.ofHours(1));

        refused(RuleException.Kind.UNAUTHENTICATED, "api_key_expired", () -> keys.authenticate(made.secret()));
        refused(
                RuleException.Kind.INVALID,
                "expires_in_the_past",
                () -> keys.create(Environment.LIVE, new NewApiKey("b", Scope.ALL, inAnHour, null)));
    }

    @Test
    void twoValidKeysMayShareANameForRotation() {
        long inAnHour = Timestamps.micros(clock.instant().plus(Duration.ofHours(1)));
        CreatedApiKey old = keys.create(Environment.LIVE, new NewApiKey("a", Scope.ALL, inAnHour, null));
        CreatedApiKey current = keys.create(Environment.LIVE, named("a"));

        assertThat(keys.authenticate(old.secret()).name()).isEqualTo("a");
        assertThat(keys.authenticate(current.secret()).name()).isEqualTo("a");
        refused(
                RuleException.Kind.CONFLICT,
                "too_many_keys_of_one_name",
                () -> keys.create(Environment.LIVE, named("a")));

        clock.advance(Duration.ofHours(2));
        keys.create(Environment.LIVE, named("a"));
        for (int i = 0; i < 3; i++) {
            keys.create(Environment.LIVE, named(null));
        }
    }

    @Test
    void aChangedRateIsSeenByTheNextRequest() {
        CreatedApiKey made = keys.create(Environment.TEST, named("a"));
        keys.authenticate(made.secret());
        keys.setRate(Environment.TEST, made.key().id(), new EventRate(3));
        assertThat(keys.authenticate(made.secret()).eventsPerSecond()).isEqualTo(3);
    }

    @Test
    void theLastUseIsNotedAtMostOnceAMinute() {
        CreatedApiKey made = keys.create(Environment.LIVE, named("a"));
        assertThat(lastUse(made)).isNull();

        keys.authenticate(made.secret());
        long first = Timestamps.micros(clock.instant());
        assertThat(lastUse(made)).isEqualTo(first);

        clock.advance(Duration.ofSeconds(59));
        keys.authenticate(made.secret());
        assertThat(lastUse(made)).isEqualTo(first);

        clock.advance(Duration.ofSeconds(1));
        keys.authenticate(made.secret());
        assertThat(lastUse(made)).isEqualTo(Timestamps.micros(clock.instant()));
    }

    @Test
    void theFirstStartMakesOneKeyForEachEnvironmentAndLaterStartsNone() {
        List<CreatedApiKey> made = keys.bootstrap(NOTHING_FIXED);
        assertThat(made).extracting(one -> one.key().environment()).containsExactly(Environment.LIVE, Environment.TEST);
        assertThat(made)
                .allSatisfy(one ->
                        assertThat(keys.authenticate(one.secret()).scopes()).isEqualTo(Scope.ALL));

        close();
        open();
        assertThat(keys.bootstrap(NOTHING_FIXED)).isEmpty();
        made.forEach(one -> keys.delete(one.key().environment(), one.key().id()));
        assertThat(keys.bootstrap(NOTHING_FIXED)).isEmpty();
    }

    @Test
    void aFixedKeyIsThereAfterEveryStartAndOnlyOnce() {
        Settings.Bootstrap fixed = new Settings.Bootstrap(FIXED, null);
        assertThat(keys.bootstrap(fixed))
                .extracting(one -> one.key().environment())
                .containsExactly(Environment.TEST);
        close();
        open();
        assertThat(keys.bootstrap(fixed)).isEmpty();

        assertThat(keys.list(Environment.LIVE, PageRequest.FIRST).total()).isEqualTo(1);
        assertThat(keys.authenticate(FIXED).scopes()).isEqualTo(Scope.ALL);
    }

    @Test
    void anotherFixedKeyReplacesTheOneBefore() {
        keys.bootstrap(new Settings.Bootstrap(FIXED, null));
        keys.bootstrap(new Settings.Bootstrap(FIXED + "2", null));

        keys.authenticate(FIXED + "2");
        refused(RuleException.Kind.UNAUTHENTICATED, "invalid_api_key", () -> keys.authenticate(FIXED));
    }

    @Test
    void aRequestNeedsItsScope() {
        CreatedApiKey made = keys.create(Environment.LIVE, new NewApiKey("a", EnumSet.of(Scope.READ), null, null));
        Principal principal = keys.authenticate(made.secret());
        principal.require(Scope.READ);
        refused(RuleException.Kind.FORBIDDEN, "insufficient_scope", () -> principal.require(Scope.WRITE));
    }

    @Test
    void whatCannotBeAKeyIsRefused() {
        refused(RuleException.Kind.INVALID, "missing_scopes", () -> new NewApiKey("a", Set.of(), null, null));
        refused(RuleException.Kind.INVALID, "invalid_name", () -> new NewApiKey(" ", Scope.ALL, null, null));
        refused(RuleException.Kind.INVALID, "invalid_events_per_second", () -> new EventRate(0));
        refused(RuleException.Kind.INVALID, "invalid_scope", () -> Scope.of("root"));
    }

    @Test
    void anAuthenticatedKeyNeedsNoDatabase() {
        CreatedApiKey made = keys.create(Environment.LIVE, named("a"));
        keys.authenticate(made.secret());
        database.close();
        assertThat(keys.authenticate(made.secret()).name()).isEqualTo("a");
    }

    private @Nullable Long lastUse(CreatedApiKey key) {
        // Writes take turns, so that one which returns has every note before it behind it.
        database.write(handle -> handle.execute("UPDATE api_keys SET name = name"));
        return keys.get(key.key().environment(), key.key().id()).lastUsedAtMicros();
    }

    private static NewApiKey named(@Nullable String name) {
        return new NewApiKey(name, Scope.ALL, null, null);
    }

    private static void refused(RuleException.Kind kind, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RuleException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.code()).isEqualTo(code);
        });
    }
}
