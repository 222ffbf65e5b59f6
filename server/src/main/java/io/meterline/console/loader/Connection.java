package io.meterline.console.loader;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source database as the API shows it. */
public record Connection(
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
        @Nullable Tunnel ssh,
        @Nullable String path,
        List<String> egressAddresses,
        Recommended recommended,
        Instant createdAt) {

    /** The newest first. */
    public record Listing(Meta meta, List<Connection> data) {}

    /** The SSH server that leads to it. */
    public record Tunnel(
            String host, int port, String user, @Nullable String hostKey) {}

    /** A user that may only read, as statements for the source. */
    public record Recommended(String advice, List<String> grants) {}

    /** What the test of a connection says. */
    public record Tested(String server) {}

    /** Of its kind. */
    public String kind() {
        return Provider.of(provider).label();
    }

    /** Where it is, without a secret. */
    public String place() {
        if (host != null) {
            return host + ":" + port + "/" + database;
        }
        return path == null ? url : path.isEmpty() ? "the whole folder" : path;
    }

    public String grants() {
        return String.join("\n", recommended.grants());
    }
}
