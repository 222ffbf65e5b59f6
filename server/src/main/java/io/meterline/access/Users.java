package io.meterline.access;

import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The people who may sign in to the console. They are never deleted, since the audit log names them, but disabled.
 *
 * <p>Every {@code id} that nobody has throws {@code RuleException} 404 {@code user_not_found}. Whatever changes takes effect
 * with the next request of that person, since {@link Sessions} read them anew.
 */
public final class Users {

    private static final int MAX_USERS = 1_000;
    private static final int MAX_NAME = 100;

    private final ControlDatabase database;
    private final InstantSource clock;

    public Users(ControlDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** All of them, by e-mail address. */
    public List<User> list() {
        return database.read(UserRows::all).stream().map(UserRows.Row::user).toList();
    }

    public User byId(String id) {
        return database.read(handle -> find(handle, id)).user();
    }

    public Optional<User> byEmail(String email) {
        return database.read(handle -> UserRows.byEmail(handle, EmailAddress.normal(email)))
                .map(UserRows.Row::user);
    }

    /**
     * A new user who has no password and can sign in with a link only, see {@link SignInLinks#invite}.
     *
     * @param name null for the part of the address before the @
     * @throws RuleException 400 {@code invalid_email}, {@code invalid_name}; 409 {@code email_taken}, {@code
     *     too_many_users} for more than 1,000
     */
    public User invite(String email, @Nullable String name, Role role) {
        User user = draft(email, name, role, now());
        return database.write(handle -> insert(handle, user, null));
    }

    /** Changes what others see. Throws {@code RuleException} 400 {@code invalid_name}. */
    public User rename(String id, String name) {
        String checked = checkedName(name);
        return change(
                id,
                (handle, row) -> handle.execute("UPDATE users SET name = ? WHERE number = ?", checked, row.number()));
    }

    /** Changes what a user may do. Throws {@code RuleException} 409 {@code last_admin}. */
    public User changeRole(String id, Role role) {
        return change(id, (handle, row) -> {
            if (role != Role.ADMIN) {
                keepAnAdmin(handle, row);
            }
            handle.execute("UPDATE users SET role = ? WHERE number = ?", role.text(), row.number());
        });
    }

    /** Signs a user out everywhere, for good. Throws {@code RuleException} 409 {@code last_admin}. */
    public User disable(String id) {
        return change(id, (handle, row) -> {
            keepAnAdmin(handle, row);
            handle.execute("UPDATE users SET disabled = ? WHERE number = ?", true, row.number());
            SessionRows.deleteOfUser(handle, row.number());
            handle.execute("DELETE FROM sign_in_links WHERE user_number = ?", row.number());
        });
    }

    /** Lets a user in again, with the password from before. */
    public User enable(String id) {
        return change(
                id,
                (handle, row) -> handle.execute("UPDATE users SET disabled = ? WHERE number = ?", false, row.number()));
    }

    /** Whom the API sees when this person asks. No limit on events applies. */
    public static Principal principal(User user, Environment environment) {
        return new Principal(user.id(), user.name(), environment, user.role().scopes(), null);
    }

    /** A user as it would be stored. Throws {@code RuleException} {@code invalid_email}, {@code invalid_name}. */
    static User draft(String email, @Nullable String name, Role role, long nowMicros) {
        String address = EmailAddress.checked(email);
        String shown = name == null ? EmailAddress.localPart(address) : checkedName(name);
        return new User(SecretToken.nextId(SecretToken.USER), address, shown, role, false, false, nowMicros, null);
    }

    static User insert(Handle handle, User user, @Nullable String password) {
        if (UserRows.byEmail(handle, user.email()).isPresent()) {
            throw conflict("email_taken", "There is a user %s already.".formatted(user.email()));
        }
        if (UserRows.count(handle) >= MAX_USERS) {
            throw conflict("too_many_users", "There are 1000 users already, disabled ones included.");
        }
        UserRows.insert(handle, user, password);
        return find(handle, user.id()).user();
    }

    static UserRows.Row find(Handle handle, String id) {
        return UserRows.byId(handle, id)
                .orElseThrow(() -> new RuleException(
                        RuleException.Kind.NOT_FOUND, "user_not_found", "There is no user %s.".formatted(id)));
    }

    @FunctionalInterface
    private interface Change {
        void apply(Handle handle, UserRows.Row row);
    }

    private User change(String id, Change change) {
        return database.write(handle -> {
            change.apply(handle, find(handle, id));
            return find(handle, id).user();
        });
    }

    // An administrator who has not joined yet may never, so that one does not stand in for one who has.
    private static void keepAnAdmin(Handle handle, UserRows.Row leaving) {
        if (!isAdmin(leaving.user())) {
            return;
        }
        boolean another = UserRows.all(handle).stream()
                .filter(row -> row.number() != leaving.number())
                .map(UserRows.Row::user)
                .anyMatch(user ->
                        isAdmin(user) && (user.joined() || !leaving.user().joined()));
        if (!another) {
            throw conflict(
                    "last_admin",
                    "%s is the last administrator. Make somebody else one first, who has signed in."
                            .formatted(leaving.user().email()));
        }
    }

    private static boolean isAdmin(User user) {
        return user.role() == Role.ADMIN && !user.disabled();
    }

    private static String checkedName(String text) {
        String name = text.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new RuleException(
                    RuleException.Kind.INVALID, "invalid_name", "The name is 1 to 100 characters in one line.");
        }
        return name;
    }

    private static RuleException conflict(String code, String message) {
        return new RuleException(RuleException.Kind.CONFLICT, code, message);
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
