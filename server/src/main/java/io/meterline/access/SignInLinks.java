package io.meterline.access;

import io.meterline.control.Columns;
import io.meterline.control.ControlDatabase;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One-time links, stored as hashes. A user has one at most: a new one takes the place of the one before. None is used up by
 * looking at it ({@link #find}), only by a password that is accepted.
 */
public final class SignInLinks {

    private final ControlDatabase database;
    private final Passwords passwords;
    private final InstantSource clock;

    public SignInLinks(ControlDatabase database, Passwords passwords, InstantSource clock) {
        this.database = database;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * What a link that is still good leads to.
     *
     * @param user who chooses a password; null for the link that makes the first user
     */
    public record Target(SignInLink.Kind kind, @Nullable User user) {}

    private record Row(SignInLink.Kind kind, @Nullable Long user) {}

    /** A link of a week that makes the first administrator, and the only one of its kind. Empty when there is a user. */
    public Optional<SignInLink> setup() {
        return database.write(handle -> {
            if (UserRows.count(handle) > 0) {
                return Optional.empty();
            }
            handle.execute("DELETE FROM sign_in_links WHERE user_number IS NULL");
            return Optional.of(insert(handle, SignInLink.Kind.SETUP, null));
        });
    }

    /**
     * A link of a week for somebody who has no password yet.
     *
     * @throws RuleException 404 {@code user_not_found}; 409 {@code already_joined}, {@code user_disabled}
     */
    public SignInLink invite(String userId) {
        return database.write(handle -> {
            UserRows.Row row = enabled(handle, userId);
            if (row.user().joined()) {
                throw conflict("already_joined", "%s has a password. Make a link to a new one instead.", row.user());
            }
            return replace(handle, SignInLink.Kind.INVITE, row.number());
        });
    }

    /**
     * A link of an hour to a new password. The old one remains until the link is used.
     *
     * @throws RuleException 404 {@code user_not_found}; 409 {@code user_disabled}
     */
    public SignInLink reset(String userId) {
        return database.write(handle ->
                replace(handle, SignInLink.Kind.RESET, enabled(handle, userId).number()));
    }

    /** Where a link leads; empty when it has been used, was replaced or has expired. */
    public Optional<Target> find(String token) {
        return database.read(handle -> target(handle, token));
    }

    /**
     * Uses up a link of the kinds {@code INVITE} and {@code RESET}: sets the password, and ends what was signed in with the one
     * before. Of several at once, one succeeds.
     *
     * @throws RuleException 404 {@code invalid_link}; 400 {@code password_too_short}, {@code password_too_long}, {@code
     *     password_too_simple}; 503 {@code overloaded}
     */
    public User redeem(String token, String password) {
        User user = database.read(handle -> person(handle, token)).user();
        PasswordRules.check(password, user.email());
        String hash = passwords.hash(password);
        return database.write(handle -> {
            UserRows.Row row = person(handle, token);
            use(handle, token);
            UserRows.setPassword(handle, row.number(), hash);
            return Users.find(handle, row.user().id()).user();
        });
    }

    /**
     * Uses up the link of the kind {@code SETUP} and makes the first administrator.
     *
     * @param name null for the part of the address before the @
     * @throws RuleException 404 {@code invalid_link}, also when there is a user by now; 400 {@code invalid_email}, {@code
     *     invalid_name}, {@code password_too_short}, {@code password_too_long}, {@code password_too_simple}; 503 {@code
     *     overloaded}
     */
    public User redeem(String token, String email, @Nullable String name, String password) {
        if (!leadsToSetup(find(token))) {
            throw invalid();
        }
        User user = Users.draft(email, name, Role.ADMIN, now());
        PasswordRules.check(password, user.email());
        String hash = passwords.hash(password);
        return database.write(handle -> {
            if (!leadsToSetup(target(handle, token))) {
                throw invalid();
            }
            use(handle, token);
            return Users.insert(handle, user, hash);
        });
    }

    /** Deletes what has expired. */
    public void expire() {
        database.write(handle -> handle.execute("DELETE FROM sign_in_links WHERE expires_at <= ?", now()));
    }

    private Optional<Target> target(Handle handle, String token) {
        if (!SecretToken.isPossible(token)) {
            return Optional.empty();
        }
        Optional<Row> row = handle.createQuery("SELECT * FROM sign_in_links WHERE hash = :hash AND expires_at > :now")
                .bind("hash", SecretToken.hash(token))
                .bind("now", now())
                .map((it, _) -> new Row(
                        SignInLink.Kind.valueOf(it.getString("kind").toUpperCase(Locale.ROOT)),
                        Columns.nullableLong(it, "user_number")))
                .findOne();
        return row.flatMap(it -> target(handle, it));
    }

    private static Optional<Target> target(Handle handle, Row row) {
        Long number = row.user();
        if (number == null) {
            return UserRows.count(handle) > 0 ? Optional.empty() : Optional.of(new Target(row.kind(), null));
        }
        return UserRows.byNumber(handle, number)
                .filter(user -> !user.user().disabled())
                .map(user -> new Target(row.kind(), user.user()));
    }

    private static boolean leadsToSetup(Optional<Target> target) {
        return target.isPresent() && target.get().user() == null;
    }

    private UserRows.Row person(Handle handle, String token) {
        User user = target(handle, token).map(Target::user).orElseThrow(SignInLinks::invalid);
        return Users.find(handle, user.id());
    }

    private static void use(Handle handle, String token) {
        if (handle.execute("DELETE FROM sign_in_links WHERE hash = ?", SecretToken.hash(token)) != 1) {
            throw invalid();
        }
    }

    private SignInLink replace(Handle handle, SignInLink.Kind kind, long user) {
        handle.execute("DELETE FROM sign_in_links WHERE user_number = ?", user);
        return insert(handle, kind, user);
    }

    private SignInLink insert(Handle handle, SignInLink.Kind kind, @Nullable Long user) {
        SignInLink link = new SignInLink(
                kind, SecretToken.next(), Timestamps.micros(clock.instant().plus(life(kind))));
        handle.createUpdate("""
                        INSERT INTO sign_in_links (hash, kind, user_number, created_at, expires_at)
                        VALUES (:hash, :kind, :user, :now, :expires)
                        """)
                .bind("hash", SecretToken.hash(link.token()))
                .bind("kind", kind.name().toLowerCase(Locale.ROOT))
                .bind("user", user)
                .bind("now", now())
                .bind("expires", link.expiresAtMicros())
                .execute();
        return link;
    }

    private static Duration life(SignInLink.Kind kind) {
        return switch (kind) {
            case SETUP, INVITE -> Duration.ofDays(7);
            case RESET -> Duration.ofHours(1);
        };
    }

    private static UserRows.Row enabled(Handle handle, String userId) {
        UserRows.Row row = Users.find(handle, userId);
        if (row.user().disabled()) {
            throw conflict("user_disabled", "%s is disabled. An administrator can let them in again.", row.user());
        }
        return row;
    }

    private static RuleException invalid() {
        return new RuleException(
                RuleException.Kind.NOT_FOUND,
                "invalid_link",
                "This link has been used, was replaced by a newer one, or has expired. Ask for another.");
    }

    private static RuleException conflict(String code, String message, User user) {
        return new RuleException(RuleException.Kind.CONFLICT, code, message.formatted(user.email()));
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
