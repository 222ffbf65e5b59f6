package io.meterline.loader.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/** MySQL and MariaDB, whose rows are streamed as they come. */
final class MySqlSource implements SourceDatabase {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOCKET_SLACK = Duration.ofSeconds(30);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

    private final MySqlDialect dialect = new MySqlDialect();

    private final Duration connectTimeout;

    MySqlSource() {
        this(CONNECT_TIMEOUT);
    }

    MySqlSource(Duration connectTimeout) {
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
                throw MySqlErrors.ofConnecting(e, server);
            }
        });
    }

    @Override
    public SourceSession open(SourceAddress address, ReadLimits limits) {
        ServerAddress server = (ServerAddress) address;
        return RoutedSession.open(server, route -> {
            try {
                Duration silence = limits.statementTimeout().plus(SOCKET_SLACK);
                return JdbcSession.begin(connect(server, route, silence), dialect, limits);
            } catch (SQLException e) {
                throw MySqlErrors.ofConnecting(e, server);
            }
        });
    }

    @Override
    public String recommendedGrants(SourceAddress address) {
        String database = "`" + ((ServerAddress) address).database().replace("`", "``") + "`";
        return """
                CREATE USER 'meterline'@'%%' IDENTIFIED BY '<a long random password>' WITH MAX_USER_CONNECTIONS 8;
                GRANT SELECT ON %s.<each table or view of your queries> TO 'meterline'@'%%';
                """.formatted(database);
    }

    private Connection connect(ServerAddress address, Route route, Duration silence) throws SQLException {
        try {
            return connect(address, sslMode(address.tls().mode()), route, silence);
        } catch (SQLException e) {
            // The driver has no mode for it: its own "allow" checks certificates.
            if (address.tls().mode() == TlsMode.PREFER && MySqlErrors.isWithoutTls(e)) {
                return connect(address, "disable", route, silence);
            }
            throw e;
        }
    }

    private Connection connect(ServerAddress address, String sslMode, Route route, Duration silence)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("sslMode", sslMode);
        if (address.tls().ca() != null) {
            properties.setProperty("serverSslCert", address.tls().ca());
        }
        if (route.localPort() != null) {
            properties.setProperty("socketFactory", TunnelSockets.class.getName());
            properties.setProperty(TunnelSockets.PORT, route.localPort().toString());
        }
        properties.setProperty("connectTimeout", Long.toString(connectTimeout.toMillis()));
        properties.setProperty("socketTimeout", Long.toString(Math.min(silence.toMillis(), Integer.MAX_VALUE)));
        // What prepares a statement on the server tells the columns without running it.
        properties.setProperty("useServerPrepStmts", "true");
        properties.setProperty("connectionTimeZone", "UTC");
        properties.setProperty("forceConnectionTimeZoneToSession", "true");
        properties.setProperty("preserveInstants", "false");
        // A server may ask its clients for files of theirs.
        properties.setProperty("allowLocalInfile", "false");
        properties.setProperty("allowMultiQueries", "false");
        Connection connection = new Driver()
                .connect(
                        "jdbc:mariadb://" + address.host() + ":" + address.port() + "/" + database(address),
                        properties);
        if (connection == null) {
            throw new SQLFeatureNotSupportedException("the driver does not take the URL");
        }
        return connection;
    }

    // Stands in the driver's URL as it is: nothing of it may run into what follows.
    private static String database(ServerAddress address) {
        if (address.database().matches(".*[?/&#%].*")) {
            throw new SourceException(
                    "database_missing", "The name of the database has a character that a URL cannot carry.", null);
        }
        return address.database();
    }

    private static String sslMode(TlsMode tls) {
        return switch (tls) {
            case DISABLE -> "disable";
            case PREFER, REQUIRE -> "trust";
            case VERIFY_CA -> "verify-ca";
            case VERIFY_FULL -> "verify-full";
        };
    }
}
