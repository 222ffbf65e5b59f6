package io.meterline.access;

import io.meterline.control.ControlDatabase;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is signed in to the console. A session ends after 12 hours without a request, after 30 days in any case, and when its
 * user signs out, is disabled or gets another password.
 *
 * <p>Each request reads its session and user from the database, so that whatever another request, node or command changes
 * holds from the next request on.
 */
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int MOST_OF_ONE_USER = 20;
    private static final Duration IDLE = Duration.ofHours(12);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final Duration SEEN_GRANULARITY = Duration.ofMinutes(1);

    private final ControlDatabase database;
    private final Passwords passwords;
    private final InstantSource clock;
    private final SignInThrottle throttle;

    public Sessions(ControlDatabase database, Passwords passwords, InstantSource clock) {
        this.database = database;
        this.passwords = passwords;
        this.clock = clock;
        this.throttle = new SignInThrottle(clock);
    }

    /**
     * Lets somebody in who knows their password. Takes as long and answers the same whether the e-mail address is unknown,
     * disabled or without a password, or the password is wrong.
     *
     * @param callerAddress the IP address that the request came from
     * @throws RuleException 401 {@code wrong_credentials}; 429 {@code too_many_attempts}, which says how long to wait; 503
     *     {@code overloaded}
     */
    public NewSession signIn(String email, String password, String callerAddress) {
        String address = EmailAddress.normal(email);
        Optional<UserRows.Row> found = database.read(handle -> UserRows.byEmail(handle, address));
        if (!isRight(found.orElse(null), address, password, callerAddress)) {
            throw new RuleException(
                    RuleException.Kind.UNAUTHENTICATED,
                    "wrong_credentials",
                    "The e-mail address or the password is wrong. An administrator can make you a link to a new password.");
        }
        UserRows.Row verified = found.orElseThrow();
        String stored = String.valueOf(verified.password());
        String renewed = passwords.isOutdated(stored) ? passwords.hash(password) : stored;
        return database.write(handle -> {
            UserRows.Row row = unchanged(handle, verified);
            if (!renewed.equals(stored)) {
                handle.execute("UPDATE users SET password = ? WHERE number = ?", renewed, row.number());
            }
            return begin(handle, row);
        });
    }

    /**
     * Lets somebody in who has shown who they are in another way: with a link that was theirs.
     *
     * @throws RuleException 404 {@code user_not_found}; 403 {@code user_disabled}
     */
    public NewSession start(String userId) {
        return database.write(handle -> {
            UserRows.Row row = Users.find(handle, userId);
            if (row.user().disabled()) {
                throw new RuleException(
                        RuleException.Kind.FORBIDDEN, "user_disabled", "An administrator has disabled this user.");
            }
            return begin(handle, row);
        });
    }

    /** The session of a cookie; empty when there is none, or not any more. */
    public Optional<Session> find(String token) {
        if (!SecretToken.isPossible(token)) {
            return Optional.empty();
        }
        String hash = SecretToken.hash(token);
        Optional<SessionRows.Row> found =
                database.read(handle -> SessionRows.find(handle, hash, before(LONGEST), before(IDLE)));
        found.filter(row -> row.seenAtMicros() <= before(SEEN_GRANULARITY)).ifPresent(row -> noteSeen(hash, row));
        return found.map(row -> new Session(row.user().user(), SecretToken.csrf(token), row.createdAtMicros()));
    }

    /** Signs out. Does nothing when nobody is signed in with it. */
    public void end(String token) {
        database.write(handle -> SessionRows.delete(handle, SecretToken.hash(token)));
    }

    /** Signs a user out everywhere. Throws {@code RuleException} 404 {@code user_not_found}. */
    public void endAll(String userId) {
        database.write(handle ->
                SessionRows.deleteOfUser(handle, Users.find(handle, userId).number()));
    }

    /**
     * Changes one's own password. It ends every session of the user; the one in the answer goes on.
     *
     * @throws RuleException 400 {@code password_too_short}, {@code password_too_long}, {@code password_too_simple}; 404
     *     {@code user_not_found}; 422 {@code wrong_password}; 429 {@code too_many_attempts}; 503 {@code overloaded}
     */
    public NewSession changePassword(String userId, String current, String wanted, String callerAddress) {
        UserRows.Row row = database.read(handle -> Users.find(handle, userId));
        if (!isRight(row, row.user().email(), current, callerAddress)) {
            throw new RuleException(
                    RuleException.Kind.UNPROCESSABLE, "wrong_password", "This is not your current password.");
        }
        PasswordRules.check(wanted, row.user().email());
        String hash = passwords.hash(wanted);
        return database.write(handle -> {
            unchanged(handle, row);
            UserRows.setPassword(handle, row.number(), hash);
            return begin(handle, Users.find(handle, userId));
        });
    }

    /** Deletes what has expired. */
    public void expire() {
        database.write(handle -> SessionRows.deleteExpired(handle, before(LONGEST), before(IDLE)));
    }

    private boolean isRight(UserRows.@Nullable Row row, String email, String password, String callerAddress) {
        SignInThrottle.Try attempt = throttle.begin(email, callerAddress);
        boolean right;
        try {
            String stored = row == null || row.user().disabled() ? null : row.password();
            right = stored == null ? passwords.matchesNobody(password) : passwords.matches(password, stored);
        } catch (RuleException e) {
            attempt.takenBack();
            throw e;
        }
        if (right) {
            attempt.succeeded();
        } else {
            LOG.info(
                    "a sign-in failed, as {}",
                    row == null ? "nobody" : row.user().id());
        }
        return right;
    }

    // While the password was being looked at, it may have been changed, or its user disabled.
    private static UserRows.Row unchanged(Handle handle, UserRows.Row verified) {
        UserRows.Row row = Users.find(handle, verified.user().id());
        if (row.user().disabled() || !String.valueOf(row.password()).equals(verified.password())) {
            throw new RuleException(
                    RuleException.Kind.CONFLICT,
                    "user_changed",
                    "This user was changed at the same moment. Sign in again.");
        }
        return row;
    }

    private NewSession begin(Handle handle, UserRows.Row row) {
        String token = SecretToken.next();
        long now = now();
        SessionRows.insert(handle, SecretToken.hash(token), row.number(), now);
        SessionRows.deleteBeyond(handle, row.number(), MOST_OF_ONE_USER);
        handle.execute("UPDATE users SET last_seen_at = ? WHERE number = ?", now, row.number());
        return new NewSession(
                token, new Session(Users.find(handle, row.user().id()).user(), SecretToken.csrf(token), now));
    }

    private void noteSeen(String hash, SessionRows.Row row) {
        long now = now();
        database.writeSoon(
                "noting that somebody was seen",
                handle -> SessionRows.see(handle, hash, row.user().number(), now, before(SEEN_GRANULARITY)));
    }

    private long before(Duration ago) {
        return Timestamps.micros(clock.instant().minus(ago));
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
