package io.meterline.loader.source;

import io.meterline.event.RuleException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database server and who reads it. Its text never shows the password.
 *
 * @param host name or address, without port
 * @param port 1..65535
 * @param ssh null when it is reached straight
 */
public record ServerAddress(
        Provider provider,
        String host,
        int port,
        String database,
        String user,
        String password,
        Tls tls,
        @Nullable SshTunnel ssh)
        implements SourceAddress {

    // No slash, question mark, comma or space: nothing of a host may run into the rest of the driver's URL.
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.%]{2,64}]");
    private static final int MAX_NAME = 256;
    private static final int MAX_PASSWORD = 4_096;

    /** A server that is reached straight, with the authorities that Java trusts. */
    public ServerAddress(
            Provider provider, String host, int port, String database, String user, String password, TlsMode tls) {
        this(provider, host, port, database, user, password, Tls.of(tls), null);
    }

    /** Throws {@link RuleException} when a part is out of range. */
    public ServerAddress {
        require(HOST.matcher(host).matches(), "invalid_host", "host must be the name or address of one server.");
        require(port >= 1 && port <= 65_535, "invalid_port", "port must be 1 to 65535.");
        require(fits(database), "invalid_database", "database must be the name of the database, 1 to 256 characters.");
        require(fits(user), "invalid_user", "user must be the name of the database user, 1 to 256 characters.");
        require(password.length() <= MAX_PASSWORD, "invalid_password", "password must be at most 4096 characters.");
    }

    @Override
    public String maskedUrl() {
        return provider.text() + "://" + ServerUrl.encode(user) + ":***@" + host + ":" + port + "/"
                + ServerUrl.encode(database) + "?sslmode=" + tls.mode().text();
    }

    @Override
    public String toString() {
        return maskedUrl();
    }

    private static boolean fits(String name) {
        return !name.isBlank() && name.length() <= MAX_NAME && name.indexOf('\0') < 0;
    }

    private static void require(boolean holds, String code, String message) {
        if (!holds) {
            throw new RuleException(RuleException.Kind.INVALID, code, message);
        }
    }
}
