package io.meterline.loader.source;

import io.meterline.event.RuleException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way to a database server through an SSH server. Its text never shows a secret.
 *
 * @param host name or address
 * @param port 1..65535
 * @param password null when a key is used
 * @param privateKey in PEM or OpenSSH's format, null when a password is used
 * @param passphrase of the key, null when it has none
 * @param hostKey the fingerprint that the server must show, {@code SHA256:…}; null until it is known, and then no
 *     connection is made
 */
public record SshTunnel(
        String host,
        int port,
        String user,
        @Nullable String password,
        @Nullable String privateKey,
        @Nullable String passphrase,
        @Nullable String hostKey) {

    public static final int DEFAULT_PORT = 22;

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
    private static final int MAX_SECRET = 32_768;

    /** Throws {@link RuleException} {@code invalid_ssh}. */
    public SshTunnel {
        require(HOST.matcher(host).matches(), "ssh.host must be the name or address of one server.");
        require(port >= 1 && port <= 65_535, "ssh.port must be 1 to 65535.");
        require(!user.isBlank() && user.length() <= 256, "ssh.user must be 1 to 256 characters.");
        require((password == null) != (privateKey == null), "ssh needs either a password or a private_key.");
        require(fits(password) && fits(privateKey) && fits(passphrase), "A secret of ssh has too many characters.");
        require(
                hostKey == null || FINGERPRINT.matcher(hostKey).matches(),
                "ssh.host_key must be a fingerprint as ssh-keygen -l shows it, SHA256: and 43 characters.");
    }

    @Override
    public String toString() {
        return "ssh://" + user + "@" + host + ":" + port;
    }

    private static boolean fits(@Nullable String secret) {
        return secret == null || secret.length() <= MAX_SECRET;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new RuleException(RuleException.Kind.INVALID, "invalid_ssh", message);
        }
    }
}
