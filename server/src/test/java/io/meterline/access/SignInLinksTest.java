package io.meterline.access;

import static io.meterline.access.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.ControlDatabase;
import io.meterline.control.SettableClock;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignInLinksTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String HOME = "192.0.2.1";

    private final SettableClock clock = new SettableClock();
    private final Passwords passwords = new Passwords(new PasswordHash.Cost(64, 1, 1), 2, 64);

    private ControlDatabase database;
    private Users users;
    private Sessions sessions;
    private SignInLinks links;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = ControlDatabase.open(folder, 2, 1_000);
        users = new Users(database, clock);
        sessions = new Sessions(database, passwords, clock);
        links = new SignInLinks(database, passwords, clock);
    }

    @AfterEach
    void close() {
        database.close();
        passwords.close();
    }

    @Test
    void theFirstLinkMakesTheFirstAdmin() {
        SignInLink link = links.setup().orElseThrow();
        assertThat(link.path()).isEqualTo("/console/setup?token=" + link.token());
        assertThat(links.find(link.token())).contains(new SignInLinks.Target(SignInLink.Kind.SETUP, null));

        User ada = links.redeem(link.token(), "ada@example.com", "Ada", PASSWORD);

        assertThat(ada.role()).isEqualTo(Role.ADMIN);
        assertThat(ada.joined()).isTrue();
        assertThat(sessions.signIn("ada@example.com", PASSWORD, HOME)
                        .session()
                        .user()
                        .name())
                .isEqualTo("Ada");
        assertThat(links.setup()).isEmpty();
        refused(Kind.NOT_FOUND, "invalid_link", () -> links.redeem(link.token(), "eve@example.com", "Eve", PASSWORD));
    }

    @Test
    void eachStartReplacesTheFirstLinkAndAUserEndsIt() {
        String first = links.setup().orElseThrow().token();
        String second = links.setup().orElseThrow().token();
        assertThat(links.find(first)).isEmpty();
        assertThat(links.find(second)).isPresent();

        users.invite("ada@example.com", "Ada", Role.ADMIN);
        assertThat(links.find(second)).isEmpty();
        refused(Kind.NOT_FOUND, "invalid_link", () -> links.redeem(second, "eve@example.com", "Eve", PASSWORD));
    }

    @Test
    void aPasswordThatIsRefusedDoesNotUseUpTheLink() {
        String setup = links.setup().orElseThrow().token();
        refused(Kind.INVALID, "password_too_short", () -> links.redeem(setup, "ada@example.com", "Ada", "short"));
        refused(Kind.INVALID, "invalid_email", () -> links.redeem(setup, "ada", "Ada", PASSWORD));
        User ada = links.redeem(setup, "ada@example.com", "Ada", PASSWORD);

        String reset = links.reset(ada.id()).token();
        refused(Kind.INVALID, "password_too_simple", () -> links.redeem(reset, "ada@example.com"));
        links.redeem(reset, "another fine day");
    }

    @Test
    void anInvitationIsGoodForAWeek() {
        User ada = users.invite("ada@example.com", "Ada", Role.VIEWER);
        SignInLink link = links.invite(ada.id());
        assertThat(link.path()).isEqualTo("/console/link?token=" + link.token());

        clock.advance(Duration.ofDays(7).minusSeconds(1));
        assertThat(links.find(link.token()).orElseThrow().user()).isEqualTo(ada);
        clock.advance(Duration.ofSeconds(1));
        assertThat(links.find(link.token())).isEmpty();
        refused(Kind.NOT_FOUND, "invalid_link", () -> links.redeem(link.token(), PASSWORD));

        links.expire();
        assertThat(count()).isZero();
        links.redeem(links.invite(ada.id()).token(), PASSWORD);
        refused(Kind.CONFLICT, "already_joined", () -> links.invite(ada.id()));
    }

    @Test
    void aResetIsGoodForAnHourAndEndsWhatWasSignedIn() {
        User ada = users.invite("ada@example.com", "Ada", Role.VIEWER);
        links.redeem(links.invite(ada.id()).token(), PASSWORD);
        NewSession before = sessions.signIn("ada@example.com", PASSWORD, HOME);

        String late = links.reset(ada.id()).token();
        clock.advance(Duration.ofHours(1));
        refused(Kind.NOT_FOUND, "invalid_link", () -> links.redeem(late, "another fine day"));
        String token = links.reset(ada.id()).token();
        assertThat(sessions.find(before.token())).isPresent();
        links.redeem(token, "another fine day");

        assertThat(sessions.find(before.token())).isEmpty();
        sessions.signIn("ada@example.com", "another fine day", HOME);
        refused(Kind.NOT_FOUND, "invalid_link", () -> links.redeem(token, "yet another day"));
    }

    @Test
    void aNewLinkOfAUserReplacesTheOneBefore() {
        User ada = users.invite("ada@example.com", "Ada", Role.VIEWER);
        String invitation = links.invite(ada.id()).token();
        String reset = links.reset(ada.id()).token();
        assertThat(links.find(invitation)).isEmpty();
        assertThat(links.find(reset)).isPresent();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void nobodyWhoIsDisabledComesInByALink() {
        User ada = users.invite("ada@example.com", "Ada", Role.VIEWER);
        String token = links.invite(ada.id()).token();
        users.disable(ada.id());

        assertThat(links.find(token)).isEmpty();
        refused(Kind.NOT_FOUND, "invalid_link", () -> links.redeem(token, PASSWORD));
        refused(Kind.CONFLICT, "user_disabled", () -> links.reset(ada.id()));
        refused(Kind.CONFLICT, "user_disabled", () -> links.invite(ada.id()));
    }

    @Test
    void aLinkOfOneKindIsNoneOfTheOther() {
        String setup = links.setup().orElseThrow().token();
        refused(Kind.NOT_FOUND, "invalid_link", () -> links.redeem(setup, PASSWORD));

        User ada = users.invite("ada@example.com", "Ada", Role.VIEWER);
        String invitation = links.invite(ada.id()).token();
        refused(Kind.NOT_FOUND, "invalid_link", () -> links.redeem(invitation, "eve@example.com", "Eve", PASSWORD));
        assertThat(links.find(invitation)).isPresent();
        assertThat(links.find("x")).isEmpty();
    }

    @Test
    void ofManyAtOnceExactlyOneUsesALink() {
        String setup = links.setup().orElseThrow().token();
        assertThat(winners(i -> links.redeem(setup, "user" + i + "@example.com", null, PASSWORD + i)))
                .hasSize(1);
        assertThat(users.list()).hasSize(1);

        User ada = users.list().getFirst();
        String reset = links.reset(ada.id()).token();
        List<Integer> winner = winners(i -> links.redeem(reset, "another fine day " + i));
        assertThat(winner).hasSize(1);
        sessions.signIn(ada.email(), "another fine day " + winner.getFirst(), HOME);
    }

    @FunctionalInterface
    private interface Use {
        User by(int number);
    }

    private static List<Integer> winners(Use use) {
        CountDownLatch start = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int number = i;
            all.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            start.await();
                            use.by(number);
                            return true;
                        } catch (RuleException e) {
                            assertThat(e.code()).isEqualTo("invalid_link");
                            return false;
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    },
                    Thread::startVirtualThread));
        }
        start.countDown();
        List<Integer> winners = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).join()) {
                winners.add(i);
            }
        }
        return winners;
    }

    private long count() {
        return database.read(handle -> handle.select("SELECT count(*) FROM sign_in_links")
                .mapTo(Long.class)
                .one());
    }
}
