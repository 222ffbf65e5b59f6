package io.meterline.api;

import io.meterline.event.RuleException;
import io.meterline.loader.source.FileAddress;
import io.meterline.loader.source.JdbcAddress;
import io.meterline.loader.source.Provider;
import io.meterline.loader.source.ServerAddress;
import io.meterline.loader.source.ServerUrl;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.SshTunnel;
import io.meterline.loader.source.Tls;
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
        @Nullable Ssh ssh) {

    /** An SSH server that leads to the database. */
    record Ssh(
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String user,
            @Nullable String password,
            @Nullable String privateKey,
            @Nullable String passphrase,
            @Nullable String hostKey) {}

    /** Throws {@link RuleException}. */
    SourceAddress address() {
        Provider of = wantedProvider();
        if (of == Provider.JDBC) {
            return jdbc();
        }
        return of.isServer() ? server(of) : files(of);
    }

    private Provider wantedProvider() {
        if (provider != null) {
            return Provider.of(provider);
        }
        if (path != null) {
            throw Requests.invalid("provider", "must say what reads the path: duckdb or sqlite");
        }
        return url == null ? Provider.POSTGRES : Provider.ofUrl(url);
    }

    private SourceAddress jdbc() {
        if (given(host, port, database, path, tls, ssh)) {
            throw Requests.invalid("url", "says where it is and how; beside it there are user and password only");
        }
        return JdbcAddress.checked(
                Requests.present(url, "url"), user == null ? "" : user, password == null ? "" : password);
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
        if (url == null) {
            return new ServerAddress(
                    of,
                    Requests.present(host, "host"),
                    port == null ? of.defaultPort() : port,
                    Requests.present(database, "database"),
                    Requests.present(user, "user"),
                    password == null ? "" : password,
                    tls(TlsMode.PREFER),
                    tunnel());
        }
        if (given(host, port, database, user, password)) {
            throw Requests.invalid("url", "says it all; leave host, port, database, user and password out");
        }
        ServerAddress parsed = ServerUrl.parse(of, url);
        if (given(tls) && url.contains("sslmode=")) {
            throw Requests.invalid("tls", "is in the url already, as sslmode; leave one of them out");
        }
        return new ServerAddress(
                of,
                parsed.host(),
                parsed.port(),
                parsed.database(),
                parsed.user(),
                parsed.password(),
                tls(parsed.tls().mode()),
                tunnel());
    }

    private Tls tls(TlsMode otherwise) {
        if (tls == null || tls.isNull()) {
            return Tls.of(otherwise);
        }
        if (!tls.isObject()) {
            return Tls.of(mode(tls, "tls"));
        }
        for (String field : tls.propertyNames()) {
            if (!field.equals("mode") && !field.equals("ca")) {
                throw Requests.invalid("tls", "has the fields mode and ca only, not " + field);
            }
        }
        JsonNode ca = tls.path("ca");
        return new Tls(mode(tls.path("mode"), "tls.mode"), ca.isString() ? ca.asString() : null);
    }

    private static TlsMode mode(JsonNode mode, String field) {
        return TlsMode.of(mode.asString(""))
                .orElseThrow(
                        () -> Requests.invalid(field, "must be disable, prefer, require, verify-ca or verify-full"));
    }

    private @Nullable SshTunnel tunnel() {
        return ssh == null
                ? null
                : new SshTunnel(
                        Requests.present(ssh.host(), "ssh.host"),
                        ssh.port() == null ? SshTunnel.DEFAULT_PORT : ssh.port(),
                        Requests.present(ssh.user(), "ssh.user"),
                        ssh.password(),
                        ssh.privateKey(),
                        ssh.passphrase(),
                        ssh.hostKey());
    }

    private static boolean given(@Nullable Object... fields) {
        return Stream.of(fields)
                .filter(Objects::nonNull)
                .anyMatch(field -> !(field instanceof JsonNode node && node.isNull()));
    }
}
