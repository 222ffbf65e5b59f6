package io.meterline.loader.source;

import io.meterline.event.RuleException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Any database whose JDBC driver the operator dropped into a folder ({@link Drivers}). */
final class JdbcSource implements SourceDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSource.class);

    // Warehouses wake up, and ask others who one is.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration SOCKET_SLACK = Duration.ofSeconds(30);
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_CONNECTING = 32;
    private static final Executor WATCHERS =
            task -> Thread.ofPlatform().name("jdbc-timeout").daemon().start(task);

    private final Drivers drivers;
    private final Duration connectTimeout;
    private final AnyJdbcDialect dialect = new AnyJdbcDialect();

    // A driver that never comes back keeps its thread; these are all that may be lost so.
    private final Semaphore connecting = new Semaphore(MOST_CONNECTING);

    JdbcSource(Drivers drivers) {
        this(drivers, CONNECT_TIMEOUT);
    }

    JdbcSource(Drivers drivers, Duration connectTimeout) {
        this.drivers = drivers;
        this.connectTimeout = connectTimeout;
    }

    @Override
    public String check(SourceAddress address) {
        JdbcAddress server = (JdbcAddress) address;
        try (Connection connection = connect(server, CHECK_TIMEOUT);
                Statement statement = connection.createStatement()) {
            dialect.moment(statement);
            return ServerName.of(connection);
        } catch (SQLException e) {
            throw AnyJdbcErrors.ofConnecting(e, server);
        }
    }

    @Override
    public SourceSession open(SourceAddress address, ReadLimits limits) {
        JdbcAddress server = (JdbcAddress) address;
        Duration silence = limits.statementTimeout().plus(SOCKET_SLACK);
        return JdbcSession.begin(connect(server, silence), dialect, limits);
    }

    @Override
    public String recommendedGrants(SourceAddress address) {
        return """
                -- Create a user for Meterline, in the words of your database, and let it read nothing but what you query:
                GRANT SELECT ON <each table or view of your queries> TO meterline;
                """;
    }

    // Drivers wait as long as they like, so somebody else waits for them.
    private Connection connect(JdbcAddress address, Duration silence) {
        requireAllowed(address);
        Driver driver = drivers.of(address);
        if (!connecting.tryAcquire()) {
            throw new SourceException(
                    "too_many_connections",
                    "Too many connections through JDBC drivers do not answer. Check these sources.",
                    null);
        }
        CompletableFuture<Connection> opened = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().name("jdbc-connect").daemon().unstarted(() -> {
            try {
                Connection connection = driver.connect(address.url(), properties(address));
                if (connection == null) {
                    opened.completeExceptionally(new SQLException("the driver does not take the URL after all"));
                } else if (!opened.complete(connection)) {
                    connection.close();
                }
            } catch (SQLException | RuntimeException | LinkageError e) {
                opened.completeExceptionally(e);
            } finally {
                connecting.release();
            }
        });
        // Where drivers look for their own parts.
        thread.setContextClassLoader(driver.getClass().getClassLoader());
        thread.start();
        Connection connection = await(opened, address);
        try {
            connection.setNetworkTimeout(WATCHERS, (int) Math.min(Integer.MAX_VALUE, silence.toMillis()));
        } catch (SQLException | RuntimeException | LinkageError e) {
            LOG.debug(
                    "a driver has no timeout for its network: {}", e.getClass().getName());
        }
        return connection;
    }

    private static void requireAllowed(JdbcAddress address) {
        try {
            JdbcUrl.check(address.url());
        } catch (RuleException e) {
            throw new SourceException(e.code(), e.sentence(), null);
        }
    }

    private Connection await(CompletableFuture<Connection> opened, JdbcAddress address) {
        try {
            return opened.get(connectTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw AnyJdbcErrors.ofConnecting(cause(e), address);
        } catch (TimeoutException e) {
            if (!opened.completeExceptionally(e) && opened.state() == CompletableFuture.State.SUCCESS) {
                return opened.resultNow();
            }
            throw NetworkErrors.timeout(JdbcUrl.place(address.url()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            opened.completeExceptionally(e);
            throw NetworkErrors.lost(e);
        }
    }

    private static Throwable cause(ExecutionException e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? e : cause;
    }

    private static Properties properties(JdbcAddress address) {
        Properties properties = new Properties();
        if (!address.user().isEmpty()) {
            properties.setProperty("user", address.user());
        }
        if (!address.password().isEmpty()) {
            properties.setProperty("password", address.password());
        }
        return properties;
    }
}
