package io.meterline.loader.source;

import io.meterline.event.RuleException;

/**
 * A database that is read with a driver of the operator's. Its text never shows a secret.
 *
 * @param url {@code jdbc:…}, which may hold secrets
 * @param user empty when the url says it, or the source has no users
 * @param password empty when the url holds the secret
 */
public record JdbcAddress(String url, String user, String password) implements SourceAddress {

    private static final int MAX_NAME = 256;
    private static final int MAX_PASSWORD = 32_768;

    /** Throws {@link RuleException}: {@code invalid_user}, {@code invalid_password}. */
    public JdbcAddress {
        require(
                user.length() <= MAX_NAME && user.indexOf('\0') < 0,
                "invalid_user",
                "user has at most 256 characters.");
        require(password.length() <= MAX_PASSWORD, "invalid_password", "password has at most 32768 characters.");
    }

    /**
     * A new one. Those that were stored are looked at again when they are opened, as what is allowed may change.
     *
     * <p>Throws {@link RuleException}: {@code invalid_url}, {@code url_not_allowed}, {@code invalid_user}, {@code
     * invalid_password}.
     */
    public static JdbcAddress checked(String url, String user, String password) {
        JdbcUrl.check(url);
        return new JdbcAddress(url, user, password);
    }

    @Override
    public Provider provider() {
        return Provider.JDBC;
    }

    @Override
    public String maskedUrl() {
        return JdbcUrl.masked(url);
    }

    @Override
    public String toString() {
        return maskedUrl();
    }

    private static void require(boolean holds, String code, String message) {
        if (!holds) {
            throw new RuleException(RuleException.Kind.INVALID, code, message);
        }
    }
}
