package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong on the way to a source, and while its rows come. */
final class SourceFailuresTest {

    private static final ReadLimits ALL = new ReadLimits(0, Duration.ofSeconds(30));
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final SourceServer server = SourceServer.shared();
    private final PostgresSource source = new PostgresSource();

    private static SourceDatabase impatient(Provider provider) {
        return provider == Provider.POSTGRES ? new PostgresSource(SHORT) : new MySqlSource(SHORT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Provider.class,
            names = {"POSTGRES", "MARIADB"})
    void aServerThatNeverAnswersTimesOut(Provider provider) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertCode(provider, "127.0.0.1", silent.getLocalPort(), "connection_timeout");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Provider.class,
            names = {"POSTGRES", "MARIADB"})
    void anUnknownHostAndAClosedPortAreNamed(Provider provider) throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertCode(provider, "db.invalid", 5_432, "host_unknown");
        assertCode(provider, "127.0.0.1", port, "connection_refused");
    }

    private static void assertCode(Provider provider, String host, int port, String code) {
        ServerAddress address = new ServerAddress(provider, host, port, "a", "b", "c", TlsMode.PREFER);
        assertThatThrownBy(() -> impatient(provider).check(address))
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.code()).as(e.sentence() + e.getCause()).isEqualTo(code);
                    assertThat(e.sentence()).contains(host);
                    assertThat(e.isTransient()).isTrue();
                });
    }

    @Test
    void aConnectionThatIsCutInTheMiddleIsLost() throws IOException {
        try (TcpProxy proxy = new TcpProxy(server.port());
                SourceSession session = source.open(through(proxy), ALL)) {
            RowStream rows = many(session);

            proxy.cut();

            Midway.assertEnds(rows, "connection_lost");
        }
    }

    @Test
    void aSourceThatIsRestartedIsLostAndFoundAgain() {
        try (SourceSession session = source.open(server.owner(), ALL)) {
            RowStream rows = many(session);

            // What a restart does to each connection.
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE application_name = 'meterline' AND query LIKE 'COPY%20000000%'");

            Midway.assertEnds(rows, "connection_lost");
        }
        source.check(server.owner());
    }

    private static RowStream many(SourceSession session) {
        return Midway.begin(session, "select generate_series(1, 20000000) as id");
    }

    private ServerAddress through(TcpProxy proxy) {
        return new ServerAddress(
                Provider.POSTGRES, "127.0.0.1", proxy.port(), "postgres", "postgres", "", TlsMode.DISABLE);
    }
}
