package io.meterline.access;

/**
 * A session that has just begun.
 *
 * @param token what the cookie holds; it exists nowhere else
 */
public record NewSession(String token, Session session) {

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "NewSession[session=" + session + "]";
    }
}
