package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresSourceTest {

    private static final ReadLimits ALL = new ReadLimits(0, Duration.ofSeconds(30));

    private final SourceServer server = SourceServer.shared();
    private final PostgresSource source = new PostgresSource();

    @Test
    void theNextTransactionCanBeAskedForOnlyAfterTheLastRow() {
        try (SourceSession session = source.open(server.owner(), ALL)) {
            RowStream rows = session.read(
                    SqlText.parse("select g as id from generate_series(1, 100000) g"), Bindings.at(session.moment()));
            assertThat(rows.next()).isTrue();
            assertThatThrownBy(session::nextTransaction).isInstanceOf(IllegalStateException.class);
            int left = 0;
            while (rows.next()) {
                left++;
            }

            assertThat(left).isEqualTo(99_999);
            assertThat(session.nextTransaction()).isPresent();
        }
    }

    @Test
    void anOpenDatabasePassesTheBlankQuery() {
        source.check(server.address("postgres", "reader", "s3cret", TlsMode.PREFER));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres, reader, wrong, prefer, authentication_failed",
        "postgres, nobody, s3cret, prefer, authentication_failed",
        "postgres, outsider, s3cret, prefer, not_allowed_from_here",
        "nowhere, reader, s3cret, prefer, database_missing",
        "closed, stranger, s3cret, prefer, no_rights",
        "postgres, reader, s3cret, require, tls_not_offered",
        "postgres, reader, s3cret, verify-full, tls_not_offered",
    })
    void aFailureToConnectSaysWhy(String database, String user, String password, String tls, String code) {
        SourceAddress address =
                server.address(database, user, password, TlsMode.of(tls).orElseThrow());

        assertThatThrownBy(() -> source.check(address)).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.sentence()).doesNotContain(password).endsWith(".");
        });
    }

    @Test
    void anUnknownHostIsNamed() {
        SourceAddress address =
                new ServerAddress(Provider.POSTGRES, "db.invalid", 5_432, "a", "b", "c", TlsMode.PREFER);

        assertThatThrownBy(() -> source.check(address))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("host_unknown"));
    }

    @Test
    void aPortWithoutServerIsRefused() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        SourceAddress address = new ServerAddress(Provider.POSTGRES, "localhost", port, "a", "b", "c", TlsMode.PREFER);

        assertThatThrownBy(() -> source.check(address))
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("connection_refused"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select 1 as id -- trailing comment",
                "select 1 as id; -- trailing comment",
                "select 1 as id /* ; */ ;",
                "with a as (select 1 as id) select * from a",
                "values (1)",
                "select '{\"a\":1}'::jsonb ? 'a' as id",
                "select '{fn now()}' as id",
            })
    void queriesOfManyShapesAreRead(String query) {
        try (SourceSession session = source.open(server.owner(), ALL)) {
            RowStream rows = read(session, query);
            assertThat(rows.next()).isTrue();
            assertThat(rows.next()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "selec 1 | syntax_error | line 1, column 7",
                "select 1,, 2 | syntax_error | line 1, column 10",
                "select nope from pg_class | unknown_column | line 1, column 8",
                "select 1 from nope | unknown_table | line 1, column 15",
                "select 1/0 | query_failed | division by zero",
                "create table a (b int) | syntax_error | ``",
                "select set_config('transaction_read_only', 'off', true) | query_failed | ``",
                "select pg_sleep(3) | statement_timeout | ``",
                "delete from pg_class returning 1 | syntax_error | ``",
                "with a as (delete from pg_class returning 1) select * from a | query_failed | ``",
            })
    void aRefusedQuerySaysWhyAndWhere(String query, String code, String said) {
        ReadLimits limits = new ReadLimits(0, Duration.ofSeconds(1));

        assertThatThrownBy(() -> {
                    try (SourceSession session = source.open(server.owner(), limits)) {
                        RowStream rows = read(session, query);
                        rows.next();
                    }
                })
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.code()).as(e.sentence()).isEqualTo(code);
                    assertThat(e.sentence()).contains(said);
                });
    }

    @Test
    void aPositionIsCountedInThePersonsOwnLines() {
        assertThatThrownBy(() -> readNothing(server.owner(), "select '\uD83D\uDE00',\n  oops"))
                .hasMessageContaining("line 2, column 3");
    }

    @Test
    void aTableWithoutGrantIsNamed() {
        server.execute("CREATE TABLE IF NOT EXISTS secrets (a int); REVOKE ALL ON secrets FROM PUBLIC");
        SourceAddress reader = server.address("postgres", "reader", "s3cret", TlsMode.PREFER);

        assertThatThrownBy(() -> readNothing(reader, "select * from secrets"))
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.code()).isEqualTo("no_rights");
                    assertThat(e.sentence()).contains("secrets");
                });
    }

    @Test
    void aFunctionThatWritesIsStopped() {
        server.execute("CREATE TABLE IF NOT EXISTS written (a int)");
        server.execute("CREATE OR REPLACE FUNCTION writes() RETURNS int LANGUAGE sql AS"
                + " $$ INSERT INTO written VALUES (1) RETURNING 1 $$");

        assertThatThrownBy(() -> {
                    try (SourceSession session = source.open(server.owner(), ALL)) {
                        RowStream rows = read(session, "select writes()");
                        rows.next();
                    }
                })
                .isInstanceOfSatisfying(
                        SourceException.class, e -> assertThat(e.code()).isEqualTo("query_writes"));
    }

    @Test
    void aCancelledReadStops() {
        String endless = "select generate_series(1, 100000000) as id";
        try (SourceSession session = source.open(server.owner(), ALL)) {
            RowStream rows = read(session, endless);
            rows.next();

            session.cancel();

            assertThatThrownBy(() -> {
                        while (rows.next()) {
                            assertThat(rows.isNull(0)).isFalse();
                        }
                    })
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.code()).isEqualTo("cancelled"));
        }
    }

    @Test
    void aReadMayBeLeftHalfway() {
        String endless = "select generate_series(1, 100000000) as id";

        try (SourceSession session = source.open(server.owner(), ALL)) {
            RowStream rows = read(session, endless);
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void aLimitEndsTheRead() {
        int count = 0;
        try (SourceSession session = source.open(server.owner(), new ReadLimits(5, Duration.ofSeconds(5)))) {
            RowStream rows = read(session, "select generate_series(1, 1000) as id -- x");
            while (rows.next()) {
                count++;
            }
        }

        assertThat(count).isEqualTo(5);
    }

    private void readNothing(SourceAddress address, String query) {
        try (SourceSession session = source.open(address, ALL)) {
            read(session, query);
        }
    }

    private static RowStream read(SourceSession session, String query) {
        return session.read(SqlText.parse(query), Bindings.at(session.moment()));
    }
}
