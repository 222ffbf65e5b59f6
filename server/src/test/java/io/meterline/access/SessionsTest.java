package io.meterline.access;

import static io.meterline.access.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.control.ControlDatabase;
import io.meterline.control.SettableClock;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionsTest {

    private static final String EMAIL = "ada@example.com";
    private static final String PASSWORD = "correct horse battery";
    private static final String HOME = "192.0.2.1";

    private final SettableClock clock = new SettableClock();
    private final Passwords passwords = new Passwords(new PasswordHash.Cost(64, 1, 1), 2, 64);

    private ControlDatabase database;
    private Users users;
    private Sessions sessions;
    private SignInLinks links;
    private User ada;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        database = ControlDatabase.open(folder, 2, 1_000);
        users = new Users(database, clock);
        sessions = new Sessions(database, passwords, clock);
        links = new SignInLinks(database, passwords, clock);
        ada = join(EMAIL, Role.ADMIN);
    }

    @AfterEach
    void close() {
        database.close();
        passwords.close();
    }

    private User join(String email, Role role) {
        User user = users.invite(email, null, role);
        return links.redeem(links.invite(user.id()).token(), PASSWORD);
    }

    private NewSession signIn() {
        return sessions.signIn(EMAIL, PASSWORD, HOME);
    }

    @Test
    void aPasswordOpensASessionAndSigningOutEndsIt() {
        NewSession signedIn = sessions.signIn(" ADA@example.com", PASSWORD, HOME);

        Session session = sessions.find(signedIn.token()).orElseThrow();
        assertThat(session).isEqualTo(signedIn.session());
        assertThat(session.user().id()).isEqualTo(ada.id());
        assertThat(session.user().lastSeenAtMicros()).isEqualTo(Timestamps.micros(clock.instant()));
        assertThat(signedIn.token()).matches("[A-Za-z0-9_-]{43}");
        assertThat(session.csrf()).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(signedIn.token());

        NewSession second = signIn();
        assertThat(second.session().csrf()).isNotEqualTo(session.csrf());
        sessions.end(signedIn.token());
        sessions.end("nothing");
        assertThat(sessions.find(signedIn.token())).isEmpty();
        assertThat(sessions.find(second.token())).isPresent();
        assertThat(sessions.find("")).isEmpty();
    }

    @Test
    void theDatabaseHoldsNoSecret() {
        NewSession signedIn = signIn();
        SignInLink link = links.reset(ada.id());
        String rows = database.read(handle -> List.of(
                        handle.select("SELECT * FROM sessions").mapToMap().list(),
                        handle.select("SELECT * FROM sign_in_links").mapToMap().list(),
                        handle.select("SELECT * FROM users").mapToMap().list())
                .toString());

        assertThat(rows)
                .doesNotContain(signedIn.token())
                .doesNotContain(signedIn.session().csrf())
                .doesNotContain(link.token())
                .doesNotContain(PASSWORD);
        assertThat(signedIn.toString() + link)
                .doesNotContain(signedIn.token())
                .doesNotContain(signedIn.session().csrf())
                .doesNotContain(link.token());
    }

    @Test
    void nobodyLearnsWhetherAnAddressIsKnown() {
        User bob = join("bob@example.com", Role.VIEWER);
        users.disable(bob.id());
        users.invite("eve@example.com", null, Role.VIEWER);

        List<RuleException> answers = List.of(
                        attempt(EMAIL, "wrong horse battery", HOME),
                        attempt("nobody@example.com", PASSWORD, HOME),
                        attempt("bob@example.com", PASSWORD, HOME),
                        attempt("eve@example.com", "", HOME),
                        attempt("not an address", PASSWORD, HOME),
                        attempt("x".repeat(100_000), PASSWORD, HOME))
                .stream()
                .map(Optional::orElseThrow)
                .toList();

        assertThat(answers).extracting(RuleException::code).containsOnly("wrong_credentials");
        assertThat(answers).extracting(RuleException::kind).containsOnly(Kind.UNAUTHENTICATED);
        assertThat(answers)
                .extracting(RuleException::sentence)
                .containsOnly(answers.getFirst().sentence());
    }

    private Optional<RuleException> attempt(String email, String password, String from) {
        try {
            assertThat(sessions.find(sessions.signIn(email, password, from).token()))
                    .isPresent();
            return Optional.empty();
        } catch (RuleException e) {
            return Optional.of(e);
        }
    }

    private String outcome(String email, String password, String from) {
        return attempt(email, password, from).map(RuleException::code).orElse("signed in");
    }

    @Test
    void aSessionEndsAfterTwelveHoursWithoutARequest() {
        NewSession signedIn = signIn();
        clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(sessions.find(signedIn.token())).isPresent();
        written();
        clock.advance(Duration.ofHours(12).minusSeconds(1));
        assertThat(sessions.find(signedIn.token())).isPresent();
        written();
        clock.advance(Duration.ofHours(12));
        assertThat(sessions.find(signedIn.token())).isEmpty();

        sessions.expire();
        assertThat(rows("sessions")).isZero();
    }

    @Test
    void aSessionEndsAfterThirtyDaysWhateverHappens() {
        NewSession signedIn = signIn();
        for (int hours = 6; hours < 30 * 24; hours += 6) {
            clock.advance(Duration.ofHours(6));
            assertThat(sessions.find(signedIn.token())).isPresent();
            written();
        }
        clock.advance(Duration.ofHours(6));
        assertThat(sessions.find(signedIn.token())).isEmpty();
    }

    @Test
    void thatSomebodyWasSeenIsNotedAtMostOnceAMinute() {
        NewSession signedIn = signIn();
        long first = Timestamps.micros(clock.instant());
        clock.advance(Duration.ofSeconds(59));
        sessions.find(signedIn.token());
        written();
        assertThat(users.byId(ada.id()).lastSeenAtMicros()).isEqualTo(first);

        clock.advance(Duration.ofSeconds(1));
        sessions.find(signedIn.token());
        written();
        assertThat(users.byId(ada.id()).lastSeenAtMicros()).isEqualTo(Timestamps.micros(clock.instant()));
    }

    @Test
    void whatChangesAboutAUserHoldsWithTheNextRequest() {
        User bob = join("bob@example.com", Role.VIEWER);
        NewSession signedIn = sessions.signIn("bob@example.com", PASSWORD, HOME);

        // Another process on the same files.
        try (ControlDatabase other = ControlDatabase.open(folder, 1, 10)) {
            Users elsewhere = new Users(other, clock);
            elsewhere.changeRole(bob.id(), Role.EDITOR);
            assertThat(sessions.find(signedIn.token()).orElseThrow().user().role())
                    .isEqualTo(Role.EDITOR);
            elsewhere.disable(bob.id());
        }
        assertThat(sessions.find(signedIn.token())).isEmpty();
        refused(Kind.FORBIDDEN, "user_disabled", () -> sessions.start(bob.id()));

        users.enable(bob.id());
        assertThat(sessions.find(signedIn.token())).isEmpty();
        assertThat(outcome("bob@example.com", PASSWORD, HOME)).isEqualTo("signed in");
    }

    @Test
    void anotherPasswordEndsEverySessionOfTheUserAndOfNobodyElse() {
        join("bob@example.com", Role.VIEWER);
        NewSession bobs = sessions.signIn("bob@example.com", PASSWORD, HOME);
        NewSession first = signIn();
        NewSession second = signIn();

        refused(
                Kind.UNPROCESSABLE,
                "wrong_password",
                () -> sessions.changePassword(ada.id(), "wrong", "another fine day", HOME));
        refused(Kind.INVALID, "password_too_short", () -> sessions.changePassword(ada.id(), PASSWORD, "short", HOME));
        assertThat(sessions.find(first.token())).isPresent();
        NewSession after = sessions.changePassword(ada.id(), PASSWORD, "another fine day", HOME);

        assertThat(sessions.find(first.token())).isEmpty();
        assertThat(sessions.find(second.token())).isEmpty();
        assertThat(sessions.find(after.token())).isPresent();
        assertThat(sessions.find(bobs.token())).isPresent();
        refused(Kind.UNAUTHENTICATED, "wrong_credentials", this::signIn);
        sessions.signIn(EMAIL, "another fine day", HOME);

        sessions.endAll(ada.id());
        assertThat(sessions.find(after.token())).isEmpty();
    }

    @Test
    void aUserHasTwentySessionsAndTheOldestGoFirst() {
        NewSession first = signIn();
        clock.advance(Duration.ofSeconds(1));
        NewSession second = signIn();
        for (int i = 0; i < 19; i++) {
            clock.advance(Duration.ofSeconds(1));
            signIn();
        }
        assertThat(sessions.find(first.token())).isEmpty();
        assertThat(sessions.find(second.token())).isPresent();
    }

    @Test
    void aHashOfEarlierTimesIsRenewedWithTheNextSignIn() {
        NewSession before = signIn();
        try (Passwords costlier = new Passwords(new PasswordHash.Cost(128, 2, 1), 2, 8)) {
            Sessions now = new Sessions(database, costlier, clock);
            refused(Kind.UNAUTHENTICATED, "wrong_credentials", () -> now.signIn(EMAIL, "wrong", HOME));
            assertThat(storedPassword()).contains("m=64,t=1");
            now.signIn(EMAIL, PASSWORD, HOME);
            assertThat(storedPassword()).contains("m=128,t=2");
            now.signIn(EMAIL, PASSWORD, HOME);
        }
        assertThat(sessions.find(before.token())).isPresent();
    }

    @Test
    void whoGuessesIsSlowedDownAndNotThePersonWhoseAddressTheyGuessWith() {
        for (int i = 0; i < 5; i++) {
            assertThat(outcome(EMAIL, "wrong", "203.0.113.9")).isEqualTo("wrong_credentials");
        }
        assertThatThrownBy(() -> sessions.signIn(EMAIL, PASSWORD, "203.0.113.9"))
                .isInstanceOfSatisfying(RuleException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED);
                    assertThat(e.code()).isEqualTo("too_many_attempts");
                    assertThat(e.sentence()).contains("60 seconds");
                });
        signIn();

        clock.advance(Duration.ofMinutes(1));
        assertThat(outcome(EMAIL, PASSWORD, "203.0.113.9")).isEqualTo("signed in");
        assertThat(outcome(EMAIL, "wrong", "203.0.113.9")).isEqualTo("wrong_credentials");
    }

    @Test
    void anUnknownAddressIsSlowedDownLikeAKnownOne() {
        for (int i = 0; i < 5; i++) {
            assertThat(outcome("nobody@example.com", "wrong", HOME)).isEqualTo("wrong_credentials");
        }
        assertThat(outcome("Nobody@example.com", "wrong", HOME)).isEqualTo("too_many_attempts");
    }

    @Test
    void oneCallerCannotTryManyAddresses() {
        for (int i = 0; i < 50; i++) {
            assertThat(outcome("user" + i + "@example.com", "wrong", "2001:db8::" + i))
                    .isEqualTo("wrong_credentials");
        }
        assertThat(outcome("other@example.com", "wrong", "2001:db8::ffff")).isEqualTo("too_many_attempts");
        assertThat(outcome("other@example.com", "wrong", "2001:db8:0:1::1")).isEqualTo("wrong_credentials");
    }

    @Test
    void manyCallersTogetherRunDryExceptWhereThePersonHasBeenBefore() {
        signIn();
        for (int i = 0; i < 100; i++) {
            assertThat(outcome(EMAIL, "wrong", "203.0.113." + i)).isEqualTo("wrong_credentials");
        }
        assertThat(outcome(EMAIL, PASSWORD, "198.51.100.1")).isEqualTo("too_many_attempts");

        signIn();
        String token = links.reset(ada.id()).token();
        sessions.start(links.redeem(token, "another fine day").id());
        clock.advance(Duration.ofSeconds(36));
        assertThat(outcome(EMAIL, "another fine day", "198.51.100.1")).isEqualTo("signed in");
    }

    @Test
    void rightPasswordsAreNotCounted() {
        for (int i = 0; i < 200; i++) {
            signIn();
        }
        for (int i = 0; i < 5; i++) {
            assertThat(outcome(EMAIL, "wrong", HOME)).isEqualTo("wrong_credentials");
        }
    }

    private String storedPassword() {
        return database.read(handle ->
                handle.select("SELECT password FROM users").mapTo(String.class).one());
    }

    private long rows(String table) {
        return database.read(handle ->
                handle.select("SELECT count(*) FROM " + table).mapTo(Long.class).one());
    }

    // Writes take turns, so that one which returns has every note before it behind it.
    private void written() {
        database.write(handle -> handle.execute("UPDATE users SET name = name"));
    }
}
