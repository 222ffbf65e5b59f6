package io.meterline.loader.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL, read with {@code COPY (query) TO STDOUT} in text format.
 *
 * <p>It costs about what a cursor with binary values costs, streams without a batch size to choose, and gives text for
 * every type there is.
 */
final class PostgresSource implements SourceDatabase {

    private static final int CANCEL_TIMEOUT_SECONDS = 5;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int SOCKET_SLACK_SECONDS = 30;
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

    private final Duration connectTimeout;

    PostgresSource() {
        this(CONNECT_TIMEOUT);
    }

    /** @param connectTimeout 1 second or more */
    PostgresSource(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    @Override
    public String check(SourceAddress address) {
        ServerAddress server = (ServerAddress) address;
        return Route.use(server, route -> {
            try (Connection connection = connect(server, route, CHECK_TIMEOUT);
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
                return ServerName.of(connection);
            } catch (SQLException e) {
                throw PostgresErrors.ofConnecting(e, server);
            }
        });
    }

    @Override
    public SourceSession open(SourceAddress address, ReadLimits limits) {
        ServerAddress server = (ServerAddress) address;
        return RoutedSession.open(server, route -> {
            Connection connection;
            try {
                connection = connect(server, route, limits.statementTimeout());
            } catch (SQLException e) {
                throw PostgresErrors.ofConnecting(e, server);
            }
            return PostgresSession.begin(connection, limits);
        });
    }

    @Override
    public String recommendedGrants(SourceAddress address) {
        String database = quoted(((ServerAddress) address).database());
        return """
                CREATE ROLE meterline LOGIN PASSWORD '<a long random password>' CONNECTION LIMIT 8;
                ALTER ROLE meterline SET default_transaction_read_only = on;
                GRANT CONNECT ON DATABASE %s TO meterline;
                GRANT USAGE ON SCHEMA public TO meterline;
                GRANT SELECT ON <each table or view of your queries> TO meterline;
                GRANT pg_read_all_stats TO meterline;
                """.formatted(database);
    }

    private Connection connect(ServerAddress address, Route route, Duration statementTimeout) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {address.host()});
        source.setPortNumbers(new int[] {address.port()});
        source.setDatabaseName(address.database());
        source.setUser(address.user());
        source.setPassword(address.password());
        secure(source, address.tls());
        if (route.localPort() != null) {
            source.setSocketFactory(TunnelSockets.class.getName());
            source.setSocketFactoryArg(route.localPort().toString());
        }
        source.setApplicationName("meterline");
        source.setConnectTimeout((int) connectTimeout.toSeconds());
        source.setLoginTimeout((int) connectTimeout.toSeconds());
        // The source ends a statement itself; this ends the wait for a source that fell silent.
        source.setSocketTimeout((int) Math.min(Integer.MAX_VALUE, statementTimeout.toSeconds() + SOCKET_SLACK_SECONDS));
        source.setCancelSignalTimeout(CANCEL_TIMEOUT_SECONDS);
        source.setTcpKeepAlive(true);
        source.setReadOnly(true);
        source.setLogServerErrorDetail(false);
        return source.getConnection();
    }

    private static void secure(PGSimpleDataSource source, Tls tls) {
        source.setSslMode(tls.mode().text());
        if (tls.ca() != null) {
            source.setSslfactory(CaTrust.class.getName());
            source.setSslFactoryArg(tls.ca());
        } else if (tls.mode() == TlsMode.VERIFY_CA || tls.mode() == TlsMode.VERIFY_FULL) {
            // The authorities that Java trusts, instead of a file in the home folder of whoever runs the server.
            source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
