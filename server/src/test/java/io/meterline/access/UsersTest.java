package io.meterline.access;

import static io.meterline.access.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.ControlDatabase;
import io.meterline.control.SettableClock;
import io.meterline.event.Environment;
import io.meterline.event.RuleException.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsersTest {

    private final SettableClock clock = new SettableClock();
    private ControlDatabase database;
    private Users users;

    @BeforeEach
    void open(@TempDir Path folder) {
        database = ControlDatabase.open(folder, 2, 1_000);
        users = new Users(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void anInvitedUserHasNoPasswordYet() {
        User ada = users.invite(" Ada.Lovelace@Example.COM ", null, Role.EDITOR);

        assertThat(ada.id()).matches("usr_[0-9a-f]{24}");
        assertThat(ada.email()).isEqualTo("ada.lovelace@example.com");
        assertThat(ada.name()).isEqualTo("ada.lovelace");
        assertThat(ada.joined()).isFalse();
        assertThat(users.byId(ada.id())).isEqualTo(ada);
        assertThat(users.byEmail("ADA.lovelace@example.com")).contains(ada);
        assertThat(users.list()).containsExactly(ada);
    }

    @Test
    void anAddressBelongsToOneUser() {
        users.invite("ada@example.com", "Ada", Role.VIEWER);
        refused(Kind.CONFLICT, "email_taken", () -> users.invite("ADA@example.com", "Eve", Role.ADMIN));
    }

    @Test
    void whatCannotBeAUserIsRefused() {
        for (String email :
                List.of("", "ada", "@example.com", "ada@", "a b@example.com", "a@b@c", "a@" + "b".repeat(260))) {
            refused(Kind.INVALID, "invalid_email", () -> users.invite(email, "Ada", Role.VIEWER));
        }
        for (String name : List.of("", " ", "x".repeat(101), "two\nlines")) {
            refused(Kind.INVALID, "invalid_name", () -> users.invite("ada@example.com", name, Role.VIEWER));
        }
        refused(Kind.INVALID, "invalid_role", () -> Role.of("root"));
        refused(Kind.NOT_FOUND, "user_not_found", () -> users.byId("usr_none"));
    }

    @Test
    void rolesIncludeThoseBelow() {
        assertThat(Role.ADMIN.includes(Role.EDITOR)).isTrue();
        assertThat(Role.EDITOR.includes(Role.EDITOR)).isTrue();
        assertThat(Role.VIEWER.includes(Role.EDITOR)).isFalse();
        assertThat(Role.VIEWER.scopes()).isEqualTo(Set.of(Scope.READ));
        assertThat(Role.EDITOR.scopes()).isEqualTo(Set.of(Scope.READ, Scope.WRITE, Scope.INGEST));
        assertThat(Role.of("admin").scopes()).isEqualTo(Scope.ALL);
    }

    @Test
    void theApiSeesAPersonWithTheScopesOfTheirRole() {
        User ada = users.invite("ada@example.com", "Ada", Role.VIEWER);
        Principal principal = Users.principal(ada, Environment.TEST);

        principal.require(Scope.READ);
        refused(Kind.FORBIDDEN, "insufficient_scope", () -> principal.require(Scope.WRITE));
        assertThat(principal.environment()).isEqualTo(Environment.TEST);
        assertThat(principal.name()).isEqualTo("Ada");
        assertThat(principal.eventsPerSecond()).isNull();
    }

    @Test
    void theLastAdminCanBeNeitherDisabledNorDemoted() {
        User ada = joined("ada@example.com", Role.ADMIN);
        User bob = joined("bob@example.com", Role.EDITOR);
        refused(Kind.CONFLICT, "last_admin", () -> users.disable(ada.id()));
        refused(Kind.CONFLICT, "last_admin", () -> users.changeRole(ada.id(), Role.EDITOR));

        users.changeRole(bob.id(), Role.ADMIN);
        assertThat(users.disable(ada.id()).disabled()).isTrue();
        refused(Kind.CONFLICT, "last_admin", () -> users.changeRole(bob.id(), Role.VIEWER));

        users.enable(ada.id());
        assertThat(users.changeRole(bob.id(), Role.VIEWER).role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void anAdminWhoNeverJoinedDoesNotStandInForOneWhoDid() {
        User ada = joined("ada@example.com", Role.ADMIN);
        User invited = users.invite("bob@example.com", "Bob", Role.ADMIN);

        refused(Kind.CONFLICT, "last_admin", () -> users.disable(ada.id()));
        assertThat(users.disable(invited.id()).disabled()).isTrue();
    }

    private User joined(String email, Role role) {
        User user = users.invite(email, null, role);
        database.write(handle -> handle.execute("UPDATE users SET password = 'x' WHERE id = ?", user.id()));
        return user;
    }
}
