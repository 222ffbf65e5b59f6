package io.meterline.loader.source;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** SQL Server from 2012 on, and Azure SQL with a login of its own. Rows are streamed as they come. */
final class SqlServerSource implements SourceDatabase {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOCKET_SLACK = Duration.ofSeconds(30);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);

    private final SqlServerDialect dialect = new SqlServerDialect();
    private final Duration connectTimeout;

    SqlServerSource() {
        this(CONNECT_TIMEOUT);
    }

    /** @param connectTimeout 1 second or more */
    SqlServerSource(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    @Override
    public String check(SourceAddress address) {
        ServerAddress server = (ServerAddress) address;
        return Route.use(server, route -> {
            try (Connection connection = connect(server, route.localPort(), CHECK_TIMEOUT);
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1");
                return ServerName.of(connection);
            } catch (SQLException e) {
                throw SqlServerErrors.ofConnecting(e, server);
            }
        });
    }

    @Override
    public SourceSession open(SourceAddress address, ReadLimits limits) {
        ServerAddress server = (ServerAddress) address;
        return RoutedSession.open(server, route -> {
            try {
                Duration silence = limits.statementTimeout().plus(SOCKET_SLACK);
                return JdbcSession.begin(connect(server, route.localPort(), silence), dialect, limits);
            } catch (SQLException e) {
                throw SqlServerErrors.ofConnecting(e, server);
            }
        });
    }

    @Override
    public String recommendedGrants(SourceAddress address) {
        String database = "[" + ((ServerAddress) address).database().replace("]", "]]") + "]";
        return """
                CREATE LOGIN meterline WITH PASSWORD = '<a long random password>';
                USE %s;
                CREATE USER meterline FOR LOGIN meterline;
                GRANT SELECT ON <each table or view of your queries> TO meterline;
                """.formatted(database);
    }

    private Connection connect(ServerAddress address, @Nullable Integer localPort, Duration silence)
            throws SQLException {
        Properties properties = properties(address, localPort, silence);
        try {
            return connect(address.tls(), properties);
        } catch (SQLException e) {
            if (address.tls().mode() == TlsMode.PREFER && SqlServerErrors.isWithoutTls(e)) {
                properties.setProperty("encrypt", "false");
                return connect(address.tls(), properties);
            }
            throw e;
        }
    }

    private static Connection connect(Tls tls, Properties properties) throws SQLException {
        Path authorities = null;
        try {
            if (tls.ca() != null) {
                authorities = Files.createTempFile("meterline-ca", ".p12");
                CaTrust.write(tls.ca(), authorities);
                properties.setProperty("trustStore", authorities.toString());
                properties.setProperty("trustStoreType", "PKCS12");
                properties.setProperty("trustStorePassword", CaTrust.FILE_PASSWORD);
            }
            return new SQLServerDriver().connect("jdbc:sqlserver://", properties);
        } catch (IOException | GeneralSecurityException e) {
            throw new SourceException("tls_failed", "tls.ca cannot be used: " + e.getMessage() + ".", e);
        } finally {
            delete(authorities);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Certificates of authorities are no secret.
            file.toFile().deleteOnExit();
        }
    }

    /** What the driver is told. None of it is part of a URL, so nothing of an address can be read as another setting. */
    Properties properties(ServerAddress address, @Nullable Integer localPort, Duration silence) {
        Properties properties = new Properties();
        properties.setProperty("serverName", localPort == null ? plain(address.host()) : "127.0.0.1");
        properties.setProperty("portNumber", String.valueOf(localPort == null ? address.port() : localPort));
        properties.setProperty("databaseName", address.database());
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("applicationName", "meterline");
        // A listener of an availability group leads those who only read to a replica.
        properties.setProperty("applicationIntent", "ReadOnly");
        properties.setProperty("loginTimeout", String.valueOf(Math.max(1, connectTimeout.toSeconds())));
        properties.setProperty("socketTimeout", String.valueOf(Math.min(Integer.MAX_VALUE, silence.toMillis())));
        properties.setProperty("connectRetryCount", "0");
        properties.setProperty("responseBuffering", "adaptive");
        secure(properties, address, localPort != null);
        return properties;
    }

    private static void secure(Properties properties, ServerAddress address, boolean tunnel) {
        switch (address.tls().mode()) {
            case DISABLE -> properties.setProperty("encrypt", "false");
            case PREFER, REQUIRE -> {
                properties.setProperty("encrypt", "true");
                properties.setProperty("trustServerCertificate", "true");
            }
            case VERIFY_CA -> {
                properties.setProperty("encrypt", "true");
                properties.setProperty("trustServerCertificate", "false");
                properties.setProperty("trustManagerClass", AnyHostTrust.class.getName());
                properties.setProperty(
                        "trustManagerConstructorArg",
                        address.tls().ca() == null ? "" : address.tls().ca());
            }
            case VERIFY_FULL -> {
                properties.setProperty("encrypt", "true");
                properties.setProperty("trustServerCertificate", "false");
                if (tunnel) {
                    properties.setProperty("hostNameInCertificate", plain(address.host()));
                }
            }
        }
    }

    // An address of IPv6 stands in brackets in URLs only.
    private static String plain(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
