package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.loader.source.ScriptedSqlServer.Encryption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be tested without a SQL Server, with its real driver. */
final class SqlServerSourceTest {

    private static final ReadLimits ALL = new ReadLimits(0, Duration.ofSeconds(30));
    private static final Bindings NOTHING = Bindings.at(SourceMoment.at(0));

    private final SqlServerSource source = new SqlServerSource(Duration.ofSeconds(2));

    private static ServerAddress address(int port, TlsMode tls) {
        return new ServerAddress(Provider.SQLSERVER, "127.0.0.1", port, "shop", "reader", "s3cret", tls);
    }

    @ParameterizedTest
    @CsvSource({
        "18456, authentication_failed",
        "18487, authentication_failed",
        "4060, database_missing",
        "916, no_rights",
        "40615, not_allowed_from_here",
        "17809, too_many_connections",
        "40613, server_starting",
        "99999, connection_failed",
    })
    void aRefusedLoginSaysWhy(int error, String code) {
        try (ScriptedSqlServer server = new ScriptedSqlServer(Encryption.NOT_SUPPORTED, error)) {
            assertThatThrownBy(() -> source.check(address(server.port(), TlsMode.DISABLE)))
                    .isInstanceOfSatisfying(SourceException.class, e -> {
                        assertThat(e.code()).as(e.sentence() + e.getCause()).isEqualTo(code);
                        assertThat(e.sentence()).matches(".*[.?]").doesNotContain("s3cret");
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "102, syntax_error",
        "156, syntax_error",
        "208, unknown_table",
        "207, unknown_column",
        "229, no_rights",
        "230, no_rights",
        "1205, source_conflict",
        "8134, query_failed",
    })
    void aRefusedQueryIsNamedWithTheWordsAndTheLineOfTheServer(int error, String code) {
        try (ScriptedSqlServer server = new ScriptedSqlServer(Encryption.NOT_SUPPORTED, 0);
                SourceSession session = source.open(address(server.port(), TlsMode.DISABLE), ALL)) {
            assertThatThrownBy(() -> session.read(parse("select 1 as id,\n 2 as error_" + error), NOTHING)
                            .next())
                    .isInstanceOfSatisfying(SourceException.class, e -> {
                        assertThat(e.code()).as(e.sentence() + e.getCause()).isEqualTo(code);
                        assertThat(e.sentence()).contains("The words of error " + error + " (line 2).");
                        assertThat(e.isTransient()).isEqualTo(error == 1205);
                    });
        }
    }

    @Test
    void rowsAreReadInATransactionThatIsNeverCommitted() {
        List<String> ids = new ArrayList<>();
        try (ScriptedSqlServer server = new ScriptedSqlServer(Encryption.NOT_SUPPORTED, 0)) {
            source.check(address(server.port(), TlsMode.PREFER));
            try (SourceSession session = source.open(address(server.port(), TlsMode.PREFER), ALL)) {
                RowStream rows = session.read(parse("select id from changes"), NOTHING);
                assertThat(rows.columns())
                        .containsExactly(new Column("id", "int", Column.Kind.NUMBER, ValueType.INTEGER));
                while (rows.next()) {
                    ids.add(rows.text(0));
                }
            }
            assertThat(server.requests())
                    .anyMatch(request -> request.contains("implicit_transactions on"))
                    .anyMatch(request -> request.contains("select id from changes"))
                    .noneMatch(request ->
                            request.toLowerCase(java.util.Locale.ROOT).contains("commit"));
        }

        assertThat(ids).containsExactly("1", "2", "3");
    }

    @Test
    void aConnectionThatIsCutInTheMiddleIsLost() {
        try (ScriptedSqlServer server = new ScriptedSqlServer(Encryption.NOT_SUPPORTED, 0);
                SourceSession session = source.open(address(server.port(), TlsMode.DISABLE), ALL)) {
            assertThatThrownBy(() -> {
                        RowStream rows = session.read(parse("select id from changes where x = 'cut'"), NOTHING);
                        while (rows.next()) {
                            assertThat(rows.isNull(0)).isFalse();
                        }
                    })
                    .isInstanceOfSatisfying(SourceException.class, e -> {
                        assertThat(e.code()).as(e.sentence() + e.getCause()).isEqualTo("connection_lost");
                        assertThat(e.isTransient()).isTrue();
                    });
        }
    }

    @Test
    void aQueryThatTakesTooLongIsStoppedAtTheServer() {
        try (ScriptedSqlServer server = new ScriptedSqlServer(Encryption.NOT_SUPPORTED, 0);
                SourceSession session = source.open(
                        address(server.port(), TlsMode.DISABLE), new ReadLimits(0, Duration.ofSeconds(1)))) {
            assertThatThrownBy(() -> session.read(parse("select 'never' as id"), NOTHING))
                    .extracting("code")
                    .isEqualTo("statement_timeout");
        }
    }

    @Test
    void aQueryIsCancelledAtTheServer() {
        try (ScriptedSqlServer server = new ScriptedSqlServer(Encryption.NOT_SUPPORTED, 0);
                SourceSession session = source.open(address(server.port(), TlsMode.DISABLE), ALL)) {
            CompletableFuture<@Nullable SourceException> failure = CompletableFuture.supplyAsync(() -> {
                try {
                    session.read(parse("select 'never' as id"), NOTHING).next();
                    return null;
                } catch (SourceException e) {
                    return e;
                }
            });
            Awaitility.await().until(() -> server.requests().stream().anyMatch(request -> request.contains("never")));

            session.cancel();

            assertThat(failure)
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.code()).isEqualTo("cancelled"));
        }
    }

    @Test
    void anUnknownHostAClosedPortAndASilentOneAreNamed() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertCode(
                new ServerAddress(Provider.SQLSERVER, "db.invalid", 1_433, "a", "b", "c", TlsMode.PREFER),
                "host_unknown");
        assertCode(address(port, TlsMode.PREFER), "connection_refused");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertCode(address(silent.getLocalPort(), TlsMode.PREFER), "connection_timeout");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full"})
    void aServerWithoutTlsIsRefusedWhereTlsIsRequired(String mode) {
        try (ScriptedSqlServer server = new ScriptedSqlServer(Encryption.NOT_SUPPORTED, 0)) {
            assertCode(address(server.port(), TlsMode.of(mode).orElseThrow()), "tls_not_offered");
        }
    }

    @Test
    void certificatesAreCheckedAsTheModeSays(@TempDir Path folder) {
        TestCertificates certificates = new TestCertificates(folder);
        Tls ours = new Tls(TlsMode.VERIFY_FULL, certificates.ca());
        Tls anyHost = new Tls(TlsMode.VERIFY_CA, certificates.ca());
        try (ScriptedSqlServer server = new ScriptedSqlServer(certificates.server())) {
            source.check(secure("localhost", server, ours));
            source.check(secure("localhost", server, anyHost));
            source.check(secure("127.0.0.1", server, anyHost));
            source.check(secure("localhost", server, Tls.of(TlsMode.REQUIRE)));
            source.check(secure("localhost", server, Tls.of(TlsMode.PREFER)));
            assertInvalid(secure("127.0.0.1", server, ours), "another host name");
            assertInvalid(secure("localhost", server, Tls.of(TlsMode.VERIFY_FULL)), "not signed by an authority");
            assertInvalid(secure("localhost", server, Tls.of(TlsMode.VERIFY_CA)), "not signed by an authority");
            for (TlsMode mode : List.of(TlsMode.VERIFY_CA, TlsMode.VERIFY_FULL)) {
                assertInvalid(
                        secure("localhost", server, new Tls(mode, certificates.otherCa())),
                        "not signed by an authority");
            }
        }
    }

    private static ServerAddress secure(String host, ScriptedSqlServer server, Tls tls) {
        return new ServerAddress(Provider.SQLSERVER, host, server.port(), "shop", "reader", "s3cret", tls, null);
    }

    private void assertInvalid(ServerAddress address, String why) {
        assertThatThrownBy(() -> source.check(address)).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.code()).as(e.sentence() + e.getCause()).isEqualTo("certificate_invalid");
            assertThat(e.sentence()).contains(why);
        });
    }

    private void assertCode(ServerAddress address, String code) {
        assertThatThrownBy(() -> source.check(address))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        e -> assertThat(e.code())
                                .as(e.sentence() + e.getCause())
                                .isEqualTo(code));
    }

    @Test
    void settingsOfTheDriverHoldTheAddressAndNothingElseOfTheCaller() {
        ServerAddress address = new ServerAddress(
                Provider.SQLSERVER, "db.example.com", 1_433, "a;encrypt=false", "u;x=1", "p}{;", TlsMode.VERIFY_FULL);
        Properties straight = source.properties(address, null, Duration.ofSeconds(40));

        assertThat(straight)
                .containsEntry("serverName", "db.example.com")
                .containsEntry("portNumber", "1433")
                .containsEntry("databaseName", "a;encrypt=false")
                .containsEntry("user", "u;x=1")
                .containsEntry("password", "p}{;")
                .containsEntry("encrypt", "true")
                .containsEntry("trustServerCertificate", "false")
                .containsEntry("socketTimeout", "40000")
                .doesNotContainKey("hostNameInCertificate");
        assertThat(source.properties(address, 50_000, Duration.ofSeconds(40)))
                .containsEntry("serverName", "127.0.0.1")
                .containsEntry("portNumber", "50000")
                .containsEntry("hostNameInCertificate", "db.example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DISABLE | false | ",
                "PREFER | true | true",
                "REQUIRE | true | true",
                "VERIFY_CA | true | false",
                "VERIFY_FULL | true | false",
            })
    void theModesOfTlsAreThoseOfTheDriver(TlsMode mode, String encrypt, @Nullable String trustAny) {
        Properties properties = source.properties(address(1_433, mode), null, Duration.ofSeconds(1));

        assertThat(properties.getProperty("encrypt")).isEqualTo(encrypt);
        assertThat(properties.getProperty("trustServerCertificate")).isEqualTo(trustAny);
        assertThat(properties.containsKey("trustManagerClass")).isEqualTo(mode == TlsMode.VERIFY_CA);
    }

    @ParameterizedTest
    @CsvSource({
        "int, 4, NUMBER, INTEGER",
        "tinyint, -6, NUMBER, INTEGER",
        "bigint, -5, NUMBER, INTEGER",
        "decimal, 3, NUMBER, NUMBER",
        "money, -148, NUMBER, NUMBER",
        "smallmoney, -146, NUMBER, NUMBER",
        "real, 7, NUMBER, NUMBER",
        "float, 8, NUMBER, NUMBER",
        "bit, -7, BOOLEAN, ",
        "date, 91, TIME, DATE",
        "datetime, 93, TIME, LOCAL_TIME",
        "datetime2, 93, TIME, LOCAL_TIME",
        "smalldatetime, 93, TIME, LOCAL_TIME",
        "datetimeoffset, -155, TIME, ZONED_TIME",
        "time, 92, TEXT, ",
        "uniqueidentifier, 1, TEXT, ",
        "nvarchar, -9, TEXT, ",
        "xml, -16, TEXT, ",
        "json, 2025, JSON, ",
        "timestamp, -2, BINARY, ",
        "varbinary, -3, BINARY, ",
        "geography, -3, BINARY, ",
    })
    void itsTypesAreKnown(String name, int jdbcType, Column.Kind kind, @Nullable ValueType valueType) {
        assertThat(SqlServerDialect.column("c", name, jdbcType).column())
                .isEqualTo(new Column("c", name, kind, valueType));
        assertThat(Types.TIMESTAMP).isEqualTo(93);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 as id drop table a",
                "select 1 as id into b from a",
                "select 1 as id exec xp_cmdshell 'dir'",
                "select 1 as id\nwaitfor delay '1:00'",
                "with a as (select 1 as id) delete from a",
                "delete from a",
                "exec sp_who",
                "sp_who",
                "select [a'] drop table b --']",
                "select 1 as id commit",
                "declare @a int",
            })
    void whatIsNoReadIsNeverSent(String query) {
        try (ScriptedSqlServer server = new ScriptedSqlServer(Encryption.NOT_SUPPORTED, 0);
                SourceSession session = source.open(address(server.port(), TlsMode.DISABLE), ALL)) {
            assertThatThrownBy(() -> session.read(parse(query), NOTHING))
                    .extracting("code")
                    .isEqualTo("query_writes");
            assertThat(server.requests()).noneMatch(request -> request.contains("drop"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select [update], \"delete\", 'drop table' as id from [into] -- exec",
                "select [a]];drop] as id",
                "select 'ends in backslash\\' as id",
                "select $5 as id, deleted_at, updated_at, iif(a = 1, 2, 3) as b from offsets",
                "with a as (select 1 as id) select id from a order by id offset 1 rows fetch next 5 rows only",
            })
    void whatReadsIsTaken(String query) {
        assertThatCode(() ->
                        assertThat(new SqlServerDialect().reads(parse(query))).isTrue())
                .doesNotThrowAnyException();
        assertThat(SqlText.parseForAny(query).statement()).hasSameSizeAs(query);
    }

    @Test
    void theWaysToEndAConnectionAreAllALoss() {
        assertThat(List.of(596, 6005, 40197, 10054))
                .allSatisfy(number -> assertThat(SqlServerErrors.ofQuery(new SQLException("gone", "S0001", number))
                                .code())
                        .isEqualTo("connection_lost"));
        assertThat(SqlServerErrors.ofQuery(new SQLException("reset", "08S01")).code())
                .isEqualTo("connection_lost");
    }

    @Test
    void theRecommendedUserMayReadOnly() {
        assertThat(source.recommendedGrants(
                        new ServerAddress(Provider.SQLSERVER, "db", 1_433, "sh]op", "a", "b", TlsMode.PREFER)))
                .contains("USE [sh]]op];", "GRANT SELECT ON ");
    }

    private static SqlText parse(String query) {
        return SqlText.parse(query, Provider.SQLSERVER.rules());
    }
}
