package io.meterline.loader.source;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** A session that closes the way to its server behind it. */
record RoutedSession(SourceSession inside, Route route) implements SourceSession {

    /** Opens the way and a session on it; when that throws, the way is closed. */
    static SourceSession open(ServerAddress address, Function<Route, SourceSession> opening) {
        Route route = Route.to(address);
        try {
            SourceSession session = opening.apply(route);
            return route.localPort() == null ? session : new RoutedSession(session, route);
        } catch (RuntimeException e) {
            route.close();
            throw route.explain(e);
        }
    }

    @Override
    public SourceMoment moment() {
        return inside.moment();
    }

    @Override
    public List<Column> columns(SqlText query) {
        return inside.columns(query);
    }

    @Override
    public OptionalLong estimate(SqlText query, Bindings bindings) {
        return inside.estimate(query, bindings);
    }

    @Override
    public RowStream read(SqlText query, Bindings bindings) {
        return inside.read(query, bindings);
    }

    @Override
    public OptionalLong nextTransaction() {
        return inside.nextTransaction();
    }

    @Override
    public void cancel() {
        inside.cancel();
    }

    @Override
    public void close() {
        try {
            inside.close();
        } finally {
            route.close();
        }
    }
}
