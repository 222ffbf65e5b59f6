package io.meterline.api;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.loader.source.FileAddress;
import io.meterline.loader.source.Provider;
import io.meterline.loader.source.ServerAddress;
import io.meterline.loader.source.ServerUrl;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.TlsMode;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A connection as it is asked for: {@code url}, or its parts, or the {@code path} of files. */
record WantedConnection(
        @Nullable String name,
        @Nullable String provider,
        @Nullable String url,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String database,
        @Nullable String user,
        @Nullable String password,
        @Nullable String path,
        @Nullable JsonNode tls,
        @Nullable JsonNode ssh) {

    /** Throws {@link RuleException}. */
    SourceAddress address() {
        Provider of = Provider.of(provider == null ? Provider.POSTGRES.text() : provider);
        return of.isServer() ? server(of) : files(of);
    }

    private SourceAddress files(Provider of) {
        if (given(url, host, port, database, user, password, tls, ssh)) {
            throw Requests.invalid("path", "says it all; leave the other fields of a connection out");
        }
        return new FileAddress(of, Requests.present(path, "path"));
    }

    private SourceAddress server(Provider of) {
        if (path != null) {
            throw Requests.invalid("path", "is for files; leave it out");
        }
        if (given(ssh)) {
            throw notSupportedYet("ssh tunnels");
        }
        if (url == null) {
            return new ServerAddress(
                    of,
                    Requests.present(host, "host"),
                    port == null ? of.defaultPort() : port,
                    Requests.present(database, "database"),
                    Requests.present(user, "user"),
                    password == null ? "" : password,
                    tlsMode());
        }
        if (given(tls, host, port, database, user, password)) {
            throw Requests.invalid("url", "says it all; leave host, port, database, user, password and tls out");
        }
        return ServerUrl.parse(of, url);
    }

    private TlsMode tlsMode() {
        if (tls == null || tls.isNull()) {
            return TlsMode.PREFER;
        }
        if (tls.isObject()) {
            throw notSupportedYet("certificates of your own");
        }
        return TlsMode.of(tls.asString(""))
                .orElseThrow(
                        () -> Requests.invalid("tls", "must be disable, prefer, require, verify-ca or verify-full"));
    }

    private static boolean given(@Nullable Object... fields) {
        return Stream.of(fields)
                .filter(Objects::nonNull)
                .anyMatch(field -> !(field instanceof JsonNode node && node.isNull()));
    }

    private static RuleException notSupportedYet(String what) {
        return new RuleException(
                Kind.UNPROCESSABLE, "not_supported_yet", "Connections do not support " + what + " yet. Leave it out.");
    }
}
