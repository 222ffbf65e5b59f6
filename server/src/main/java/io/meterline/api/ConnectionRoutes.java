package io.meterline.api;

import io.meterline.access.Scope;
import io.meterline.event.Timestamps;
import io.meterline.http.Call;
import io.meterline.http.Page;
import io.meterline.http.Reply;
import io.meterline.http.Routes;
import io.meterline.loader.Connections;
import io.meterline.loader.SourceConnection;
import io.meterline.loader.source.FileAddress;
import io.meterline.loader.source.JdbcAddress;
import io.meterline.loader.source.ServerAddress;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.SshTunnel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/connections}: the source databases of the caller's environment. No answer holds a password. */
public final class ConnectionRoutes implements Routes.Source {

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
        routes.put("/v1/connections/{id}", Scope.WRITE, this::replace);
        routes.delete("/v1/connections/{id}", Scope.WRITE, this::delete);
        routes.post("/v1/connections/{id}/test", Scope.WRITE, this::test)
                .withoutIdempotencyKey()
                .changesNothing()
                .evenOnFullDisk();
    }

    private record View(
            String id,
            String name,
            String provider,
            String url,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String database,
            @Nullable String user,
            @Nullable String tls,
            @Nullable String tlsCa,
            @Nullable Ssh ssh,
            @Nullable String path,
            List<String> egressAddresses,
            Recommended recommended,
            String createdAt) {}

    private record Ssh(
            String host, int port, String user, @Nullable String hostKey) {}

    private static @Nullable Ssh ssh(@Nullable SshTunnel ssh) {
        return ssh == null ? null : new Ssh(ssh.host(), ssh.port(), ssh.user(), ssh.hostKey());
    }

    private record Recommended(String advice, List<String> grants) {}

    private record Tested(boolean ok, String message, String server) {}

    private Reply list(Call call) {
        Page page = Page.of(call.query());
        return Reply.ok(Listings.of(page, connections.list(call.environment(), Listings.request(page)), this::view));
    }

    private Reply create(Call call) {
        WantedConnection wanted = call.json(WantedConnection.class);
        String name = Requests.present(wanted.name(), "name");
        return Reply.created(view(connections.create(call.environment(), name, wanted.address())));
    }

    private Reply get(Call call) {
        return Reply.ok(view(connections.get(call.environment(), call.path("id"))));
    }

    private Reply replace(Call call) {
        WantedConnection wanted = call.json(WantedConnection.class);
        String name = Requests.present(wanted.name(), "name");
        return Reply.ok(view(connections.replace(call.environment(), call.path("id"), name, wanted.address())));
    }

    private Reply delete(Call call) {
        connections.delete(call.environment(), call.path("id"));
        return Reply.noContent();
    }

    private Reply test(Call call) {
        String server = connections.test(call.environment(), call.path("id"));
        return Reply.ok(new Tested(true, "The database was opened and answered.", server));
    }

    private static @Nullable String user(SourceAddress address) {
        return switch (address) {
            case ServerAddress server -> server.user();
            case JdbcAddress jdbc -> jdbc.user().isEmpty() ? null : jdbc.user();
            case FileAddress _ -> null;
        };
    }

    private View view(SourceConnection connection) {
        SourceAddress address = connection.address();
        ServerAddress server = address instanceof ServerAddress of ? of : null;
        return new View(
                connection.id(),
                connection.name(),
                address.provider().text(),
                address.maskedUrl(),
                server == null ? null : server.host(),
                server == null ? null : server.port(),
                server == null ? null : server.database(),
                user(address),
                server == null ? null : server.tls().mode().text(),
                server == null ? null : server.tls().ca(),
                server == null ? null : ssh(server.ssh()),
                address instanceof FileAddress file ? file.path() : null,
                egressAddresses,
                new Recommended(
                        ADVICE, connections.recommendedGrants(address).lines().toList()),
                Timestamps.text(connection.createdAtMicros()));
    }
}
