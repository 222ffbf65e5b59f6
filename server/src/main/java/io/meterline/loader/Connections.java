package io.meterline.loader;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import io.meterline.loader.source.Provider;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.SourceException;
import io.meterline.loader.source.Sources;
import java.time.InstantSource;

/** The source databases of each environment. A connection is stored only after its database was opened. */
public final class Connections {

    private static final int MAX_CONNECTIONS = 100;

    private final ControlDatabase database;
    private final Sources sources;
    private final ConnectionRows rows;
    private final InstantSource clock;

    public Connections(ControlDatabase database, Sources sources, SecretBox secrets, InstantSource clock) {
        this.database = database;
        this.sources = sources;
        this.rows = new ConnectionRows(secrets);
        this.clock = clock;
    }

    /**
     * Opens the database with a blank query and stores the connection.
     *
     * <p>Throws {@link RuleException}: {@code UNPROCESSABLE} with the code of {@link SourceException} when the database
     * cannot be opened, {@code invalid_name}, {@code too_many_connections}.
     */
    public SourceConnection create(Environment environment, String name, SourceAddress address) {
        Names.check(name);
        check(address);
        SourceConnection connection =
                new SourceConnection(Ids.connection(), environment, name, address, Timestamps.micros(clock.instant()));
        return database.write(handle -> {
            if (rows.count(handle, environment) >= MAX_CONNECTIONS) {
                throw new RuleException(
                        Kind.UNPROCESSABLE,
                        "too_many_connections",
                        "An environment has at most " + MAX_CONNECTIONS + " connections. Delete one first.");
            }
            rows.insert(handle, connection);
            return connection;
        });
    }

    /**
     * Opens the database at its new address and keeps that, as when its password was changed. Loaders go on with their
     * cursors; a run that is going on ends on the old one.
     *
     * <p>Throws {@link RuleException}: as {@link #create} does, {@code connection_not_found}, and {@code provider_fixed} for
     * another provider, whose SQL the queries of loaders would not be.
     *
     * @param address whole, with its secrets: one that was kept could be read by whoever names a host of their own
     */
    public SourceConnection replace(Environment environment, String id, String name, SourceAddress address) {
        Names.check(name);
        Provider provider =
                database.read(handle -> rows.provider(handle, environment, id)).orElseThrow(Connections::notFound);
        if (provider != address.provider()) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "provider_fixed",
                    "This connection is for " + provider.text() + ", and so are the queries of its data loaders. Make a"
                            + " new connection for another provider.");
        }
        check(address);
        return database.write(handle -> {
            rows.update(handle, environment, id, name, address);
            return rows.byId(handle, environment, id).orElseThrow(Connections::notFound);
        });
    }

    /**
     * Runs the blank query again. Throws as {@link #create} does.
     *
     * @return what answered, as in {@code PostgreSQL 17.2}
     */
    public String test(Environment environment, String id) {
        return check(get(environment, id).address());
    }

    /** Throws {@link RuleException} {@code connection_not_found}. */
    public SourceConnection get(Environment environment, String id) {
        return readable(() -> database.read(handle -> rows.byId(handle, environment, id)))
                .orElseThrow(Connections::notFound);
    }

    /** What to run on the source to get a user that may only read, one statement a line. */
    public String recommendedGrants(SourceAddress address) {
        return sources.of(address.provider()).recommendedGrants(address);
    }

    /** The newest first. */
    public Page<SourceConnection> list(Environment environment, PageRequest request) {
        return readable(() -> database.read(handle -> rows.page(handle, environment, request)));
    }

    /** Throws {@link RuleException}: {@code connection_not_found}, {@code connection_in_use} when a loader needs it. */
    public void delete(Environment environment, String id) {
        get(environment, id);
        database.write(handle -> {
            long loaders = LoaderRows.countOnConnection(handle, id);
            if (loaders > 0) {
                throw new RuleException(
                        Kind.CONFLICT,
                        "connection_in_use",
                        "This connection is used by " + loaders + " data loader(s). Delete them first.");
            }
            rows.delete(handle, id);
            return loaders;
        });
    }

    private String check(SourceAddress address) {
        try {
            return sources.of(address.provider()).check(address);
        } catch (SourceException e) {
            throw unprocessable(e);
        }
    }

    static RuleException unprocessable(SourceException e) {
        return new RuleException(Kind.UNPROCESSABLE, e.code(), e.sentence());
    }

    private static <T> T readable(java.util.function.Supplier<T> read) {
        try {
            return read.get();
        } catch (SecretBox.UnreadableSecretException e) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "secret_unreadable",
                    "The stored password cannot be read: the key file was changed. Restore it, or replace the connection.");
        }
    }

    private static RuleException notFound() {
        return new RuleException(
                Kind.NOT_FOUND, "connection_not_found", "There is no such connection in this environment.");
    }
}
