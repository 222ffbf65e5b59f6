package io.meterline.access;

/**
 * A link that lets somebody in once, without a password.
 *
 * @param token what the link ends with; it exists nowhere else
 * @param expiresAtMicros from then on it leads nowhere
 */
public record SignInLink(Kind kind, String token, long expiresAtMicros) {

    /** What a link is for. */
    public enum Kind {
        /** Makes the first administrator. */
        SETUP,
        /** Lets somebody who was invited choose a password. */
        INVITE,
        /** Lets somebody choose another password. */
        RESET
    }

    /** Where it leads, behind the address of the server. */
    public String path() {
        return switch (kind) {
            case SETUP -> "/console/setup?token=" + token;
            case INVITE, RESET -> "/console/link?token=" + token;
        };
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "SignInLink[kind=" + kind + "]";
    }
}
