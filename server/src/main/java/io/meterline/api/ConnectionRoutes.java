package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.loader.Connections;
import io.meterline.loader.SourceConnection;
import io.meterline.loader.source.PostgresUrl;
import io.meterline.loader.source.Provider;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.TlsMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /v1/connections}: the source databases of the caller's environment. No answer holds a password. */
public final class ConnectionRoutes implements Routes.Source {

    private static final int DEFAULT_PORT = 5_432;
    private static final String ADVICE =
            "Connect a read replica if there is one, as a user that may only read what the queries need.";

    private final Connections connections;
    private final List<String> egressAddresses;

    public ConnectionRoutes(Connections connections, List<String> egressAddresses) {
        this.connections = connections;
        this.egressAddresses = List.copyOf(egressAddresses);
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("connections");
        routes.get("/v1/connections", Scope.READ, this::list).pages();
        routes.post("/v1/connections", Scope.WRITE, this::create);
        routes.get("/v1/connections/{id}", Scope.READ, this::get);
        routes.delete("/v1/connections/{id}", Scope.WRITE, this::delete);
        routes.post("/v1/connections/{id}/test", Scope.WRITE, this::test).withoutIdempotencyKey();
    }

    private record Wanted(
            @Nullable String name,
            @Nullable String provider,
            @Nullable String url,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String database,
            @Nullable String user,
            @Nullable String password,
            @Nullable JsonNode tls,
            @Nullable JsonNode ssh) {

        SourceAddress address() {
            Provider of = Provider.of(provider == null ? Provider.POSTGRES.text() : provider);
            if (ssh != null && !ssh.isNull()) {
                throw notSupportedYet("ssh tunnels");
            }
            if (url == null) {
                return new SourceAddress(
                        of,
                        Requests.present(host, "host"),
                        port == null ? DEFAULT_PORT : port,
                        Requests.present(database, "database"),
                        Requests.present(user, "user"),
                        password == null ? "" : password,
                        tlsMode());
            }
            boolean hasTls = tls != null && !tls.isNull();
            if (hasTls || Stream.of(host, port, database, user, password).anyMatch(Objects::nonNull)) {
                throw Requests.invalid("url", "says it all; leave host, port, database, user, password and tls out");
            }
            return PostgresUrl.parse(url);
        }

        private TlsMode tlsMode() {
            if (tls == null || tls.isNull()) {
                return TlsMode.PREFER;
            }
            if (tls.isObject()) {
                throw notSupportedYet("certificates of your own");
            }
            return TlsMode.of(tls.asString(""))
                    .orElseThrow(() ->
                            Requests.invalid("tls", "must be disable, prefer, require, verify-ca or verify-full"));
        }
    }

    private record View(
            String id,
            String name,
            String provider,
            String url,
            String host,
            int port,
            String database,
            String user,
            String tls,
            List<String> egressAddresses,
            Recommended recommended,
            String createdAt) {}

    private record Recommended(String advice, List<String> grants) {}

    private record Tested(boolean ok, String message) {}

    private Reply list(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(Listings.of(page, connections.list(call.environment(), Listings.request(page)), this::view));
    }

    private Reply create(Call call) {
        Wanted wanted = call.json(Wanted.class);
        String name = Requests.present(wanted.name(), "name");
        return Reply.created(view(connections.create(call.environment(), name, wanted.address())));
    }

    private Reply get(Call call) {
        return Reply.ok(view(connections.get(call.environment(), call.path("id"))));
    }

    private Reply delete(Call call) {
        connections.delete(call.environment(), call.path("id"));
        return Reply.noContent();
    }

    private Reply test(Call call) {
        connections.test(call.environment(), call.path("id"));
        return Reply.ok(new Tested(true, "The database was opened and answered."));
    }

    private View view(SourceConnection connection) {
        SourceAddress address = connection.address();
        return new View(
                connection.id(),
                connection.name(),
                address.provider().text(),
                address.maskedUrl(),
                address.host(),
                address.port(),
                address.database(),
                address.user(),
                address.tls().text(),
                egressAddresses,
                new Recommended(ADVICE, connection.recommendedGrants().lines().toList()),
                Timestamps.text(connection.createdAtMicros()));
    }

    private static RuleException notSupportedYet(String what) {
        return new RuleException(
                Kind.UNPROCESSABLE, "not_supported_yet", "Connections do not support " + what + " yet. Leave it out.");
    }
}
