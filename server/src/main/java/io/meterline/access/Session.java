package io.meterline.access;

/**
 * Somebody who is signed in.
 *
 * @param user as the database knows them now
 * @param csrf what every form and every request that changes something must carry beside the cookie
 */
public record Session(User user, String csrf, long createdAtMicros) {

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "Session[user=" + user.id() + "]";
    }
}
