package io.meterline.loader.source;

import io.meterline.event.RuleException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code postgres://user:password@host:port/database?sslmode=…} and its like for other servers.
 *
 * <p>Only {@code sslmode} is taken from the query part: the driver's other parameters can name classes and files.
 */
public final class ServerUrl {

    private ServerUrl() {}

    /** Throws {@link RuleException} with {@code invalid_url}; no message repeats a part of the URL. */
    public static ServerAddress parse(Provider provider, String url) {
        URI uri = uri(url);
        if (!provider.hasScheme(String.valueOf(uri.getScheme()))) {
            throw invalid("It must begin with " + provider.text() + "://.");
        }
        String host = uri.getHost();
        if (host == null) {
            throw invalid("It lacks a host. Percent-encode special characters of the password (@ is %40, / is %2F).");
        }
        String path = uri.getRawPath();
        if (path == null || path.length() < 2) {
            throw invalid("It lacks the database after the host: " + example(provider) + ".");
        }
        String[] userInfo = userInfo(provider, uri.getRawUserInfo());
        int port = uri.getPort() < 0 ? provider.defaultPort() : uri.getPort();
        return new ServerAddress(
                provider, host, port, decode(path.substring(1)), userInfo[0], userInfo[1], tls(uri.getRawQuery()));
    }

    private static String example(Provider provider) {
        return provider.text() + "://user:password@host:" + provider.defaultPort() + "/database";
    }

    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static URI uri(String url) {
        try {
            return new URI(url.strip());
        } catch (URISyntaxException e) {
            // The cause would carry the URL, and with it the password.
            throw invalid("It is malformed. Percent-encode special characters of the password (@ is %40, / is %2F).");
        }
    }

    private static String[] userInfo(Provider provider, @Nullable String raw) {
        if (raw == null) {
            throw invalid("It lacks user and password: " + example(provider) + ".");
        }
        int colon = raw.indexOf(':');
        return colon < 0
                ? new String[] {decode(raw), ""}
                : new String[] {decode(raw.substring(0, colon)), decode(raw.substring(colon + 1))};
    }

    private static TlsMode tls(@Nullable String rawQuery) {
        TlsMode mode = TlsMode.PREFER;
        if (rawQuery == null || rawQuery.isEmpty()) {
            return mode;
        }
        for (String parameter : rawQuery.split("&", -1)) {
            if (!parameter.startsWith("sslmode=")) {
                throw new RuleException(
                        RuleException.Kind.INVALID,
                        "unknown_url_parameter",
                        "The only parameter a connection's url may have is sslmode.");
            }
            mode = TlsMode.of(decode(parameter.substring("sslmode=".length())))
                    .orElseThrow(() -> new RuleException(
                            RuleException.Kind.INVALID,
                            "invalid_tls",
                            "sslmode must be disable, prefer, require, verify-ca or verify-full."));
        }
        return mode;
    }

    // Not URLDecoder: a plus stands for itself here, as in every PostgreSQL client.
    private static String decode(String raw) {
        try {
            String path = raw.isEmpty() ? "" : new URI("x:/" + raw).getPath();
            return path == null || path.isEmpty() ? "" : path.substring(1);
        } catch (URISyntaxException e) {
            throw invalid("It is malformed.");
        }
    }

    private static RuleException invalid(String reason) {
        return new RuleException(
                RuleException.Kind.INVALID, "invalid_url", "The url of the connection cannot be read. " + reason);
    }
}
