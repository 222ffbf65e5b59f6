package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any database through a driver that was dropped in: a real H2 in a process of its own. */
final class JdbcContractTest extends SourceDatabaseContract {

    private JdbcServer server;

    @BeforeAll
    void createTables(@TempDir Path folder) {
        server = JdbcServer.h2(folder);
        server.execute(
                """
                CREATE TABLE changes AS SELECT CAST(x AS BIGINT) AS id, CAST(x AS NUMERIC(20, 4)) AS exact,
                    DATEADD(DAY, x - 1, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00Z') AS at,
                    DATEADD(DAY, x - 1, TIMESTAMP '2026-01-01 00:00:00') AS local,
                    DATEADD(DAY, x - 1, DATE '2026-01-01') AS "day" FROM SYSTEM_RANGE(1, 9)""",
                "CREATE TABLE hidden (a INT)",
                "CREATE USER meterline PASSWORD 'l0ng'",
                "GRANT SELECT ON changes TO meterline");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    SourceDatabase source() {
        return new JdbcSource(new Drivers(JdbcServer.DRIVERS));
    }

    @Override
    SourceAddress address() {
        return server.owner();
    }

    @Override
    Map<String, String> expressions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("small integer", "CAST(-32768 AS SMALLINT)");
        all.put("greatest bigint", "9223372036854775807");
        all.put("least bigint", "CAST('-9223372036854775808' AS BIGINT)");
        all.put("wide numeric", "CAST('12345678901234567890.123456789012345678' AS NUMERIC(38, 18))");
        all.put("numeric with trailing zero", "CAST(2.50 AS NUMERIC(10, 2))");
        all.put("smallest numeric", "CAST('-0.000000000000000001' AS NUMERIC(38, 18))");
        all.put("double", "CAST(0.1 AS DOUBLE PRECISION)");
        all.put("large double", "CAST(1e21 AS DOUBLE PRECISION)");
        all.put("float", "CAST(0.1 AS REAL)");
        all.put("true", "TRUE");
        all.put("false", "FALSE");
        all.put("null", "NULL");
        all.put("text", "'h\u00e9 \ud83d\ude00' || CHAR(9) || 'b\\c' || CHAR(10) || '''d\"'");
        all.put("empty text", "''");
        all.put("date", "DATE '2026-01-05'");
        all.put("timestamp", "TIMESTAMP '2026-01-05 21:56:52.123456'");
        all.put("timestamp of a whole second", "TIMESTAMP '2026-01-05 21:56:52'");
        all.put("timestamptz", "TIMESTAMP WITH TIME ZONE '2026-01-05 21:56:52.5+02'");
        all.put("uuid", "UUID 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'");
        all.put("enum", "CAST('sad' AS ENUM('happy', 'sad'))");
        all.put("array of numbers", "ARRAY[1, 2.5, NULL]");
        all.put("array of texts", "ARRAY['a,b', 'c''d', '']");
        all.put("empty array", "CAST(ARRAY[] AS INT ARRAY)");
        all.put("json text", "JSON '\"a\\nb\"'");
        all.put("json number", "JSON '12.50'");
        all.put("json null", "JSON 'null'");
        all.put("json object", "JSON '{\"a\":1}'");
        all.put("bytes", "X'00ff'");
        all.put("not a number", "CAST('NaN' AS DOUBLE PRECISION)");
        all.put("nested array", "ARRAY[ARRAY[1, 2], ARRAY[3, 4]]");
        return all;
    }

    @Override
    Set<String> absent() {
        return Set.of("unsigned bigint");
    }

    @Override
    String series(int rows) {
        return "select x as id from system_range(1, " + rows + ")";
    }

    @Override
    String slow() {
        return "select count(*) as id from system_range(1, 1000000000000) where mod(x, 7) = 8";
    }

    @Override
    Map<ValueType, String> cursorColumns() {
        return Map.of(
                ValueType.INTEGER, "id",
                ValueType.NUMBER, "exact",
                ValueType.ZONED_TIME, "at",
                ValueType.LOCAL_TIME, "local",
                ValueType.DATE, "\"day\"");
    }

    @Test
    void ourOwnLibrariesDoNotKnowTheDriver() {
        assertThatThrownBy(() -> Class.forName("org.h2.Driver")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName(
                        "org.postgresql.Driver",
                        true,
                        new Drivers(JdbcServer.DRIVERS)
                                .of(server.owner())
                                .getClass()
                                .getClassLoader()))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 as id; drop table changes",
                "select 'a\\'; drop table changes; --' as id",
                "select id from changes # '\n; drop table changes --'",
                "select id from final table (delete from changes)",
                "select id into copied from changes",
                "call 1",
                "runscript from 'http://127.0.0.1/'",
                "script to '/tmp/made-by-a-loader'"
            })
    void whatIsNoReadChangesNothing(String query) {
        try {
            ids(query);
        } catch (RuntimeException e) {
            assertThat(e).extracting("code").isIn("query_writes", "multiple_statements", "syntax_error");
        }

        assertThat(ids("select id from changes")).hasSize(9);
    }

    @Test
    void theRecommendedUserReadsWhatItWasGrantedAndNothingElse() {
        assertThat(source().recommendedGrants(address())).contains("GRANT SELECT ON ");
        JdbcAddress limited = server.user("meterline", "l0ng");

        source().check(limited);
        try (SourceSession session = source().open(limited, ALL)) {
            assertThat(session.read(SqlText.parse("select id from changes"), Bindings.at(session.moment()))
                            .next())
                    .isTrue();
        }
        try (SourceSession session = source().open(limited, ALL)) {
            assertThatThrownBy(() -> session.read(SqlText.parse("select * from hidden"), Bindings.at(session.moment())))
                    .extracting("code")
                    .isIn("no_rights", "unknown_table");
        }
    }

    @Test
    void aFailureToConnectSaysWhyAndHoldsNoSecret() throws IOException {
        assertFailure(server.user("sa", "wr0ng-secret"), "authentication_failed");
        assertFailure(new JdbcAddress("jdbc:h2:tcp://db.invalid/shop", "sa", "wr0ng-secret"), "host_unknown");
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        assertFailure(
                new JdbcAddress("jdbc:h2:tcp://127.0.0.1:" + closed + "/shop", "sa", "wr0ng-secret"),
                "connection_refused");
        assertFailure(new JdbcAddress("jdbc:nothing://db/shop;x=wr0ng-secret", "", ""), "driver_missing");
    }

    private void assertFailure(JdbcAddress address, String code) {
        assertThatThrownBy(() -> source().check(address)).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.code()).as(e.sentence() + e.getCause()).isEqualTo(code);
            assertThat(e.sentence()).doesNotContain("wr0ng-secret").endsWith(".");
        });
    }

    @Test
    void aUrlThatIsNotAllowedAnyMoreIsNotOpened() {
        assertFailure(
                new JdbcAddress(server.owner().url() + ";INIT=DROP TABLE changes", "sa", "0wner"), "url_not_allowed");
        assertThat(ids("select id from changes")).hasSize(9);
    }

    @Test
    void aSourceThatTakesTheConnectionAndIsSilentTimesOut() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            JdbcAddress address =
                    new JdbcAddress("jdbc:h2:tcp://127.0.0.1:" + silent.getLocalPort() + "/shop", "sa", "");
            JdbcSource impatient = new JdbcSource(new Drivers(JdbcServer.DRIVERS), Duration.ofSeconds(1));

            assertThatThrownBy(() -> impatient.check(address))
                    .extracting("code")
                    .isEqualTo("connection_timeout");
        }
    }

    @Test
    void aConnectionThatIsCutInTheMiddleIsLost() throws IOException {
        try (TcpProxy proxy = new TcpProxy(server.port())) {
            String url = server.owner().url().replace(":" + server.port(), ":" + proxy.port());
            try (SourceSession session = source().open(new JdbcAddress(url, "sa", "0wner"), ALL)) {
                RowStream rows = session.read(SqlText.parse(series(5_000_000)), Bindings.at(session.moment()));
                assertThat(rows.next()).isTrue();

                proxy.cut();

                assertThatThrownBy(() -> {
                            while (rows.next()) {
                                assertThat(rows.isNull(0)).isFalse();
                            }
                        })
                        .extracting("code")
                        .isEqualTo("connection_lost");
            }
        }
    }

    @Test
    void aDriverIsFoundAsSoonAsItLiesThere(@TempDir Path folder) throws IOException {
        Drivers drivers = new Drivers(folder.resolve("drivers"));
        JdbcSource source = new JdbcSource(drivers);
        assertThatThrownBy(() -> source.check(server.owner())).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.code()).isEqualTo("driver_missing");
            assertThat(e.sentence()).contains("loader.drivers_folder");
        });

        Files.createDirectories(folder.resolve("drivers/h2"));
        Files.copy(JdbcServer.DRIVERS.resolve("h2.jar"), folder.resolve("drivers/h2/any-name.jar"));

        source.check(server.owner());
    }

    @Test
    void aJarThatIsNoDriverIsSaid(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("broken.jar"), "no jar");

        assertThatThrownBy(() -> new JdbcSource(new Drivers(folder)).check(server.owner()))
                .extracting("code")
                .isIn("driver_missing", "driver_failed");
    }

    @Test
    void theDriverOfAnotherFolderIsFoundBesideIt(@TempDir Path folder) {
        try (JdbcServer other = JdbcServer.hsqldb(folder)) {
            other.execute(
                    "CREATE TABLE sales (id INT, moment TIMESTAMP WITH TIME ZONE, amount DECIMAL(10, 2))",
                    "INSERT INTO sales VALUES (1, TIMESTAMP '2026-01-05 10:00:00+2:00', 1.50)");

            source().check(other.owner());
            try (SourceSession session = source().open(other.owner(), ALL)) {
                RowStream rows = session.read(SqlText.parse("select * from sales"), Bindings.at(session.moment()));
                assertThat(rows.next()).isTrue();
                assertThat(List.of(rows.text(0), rows.text(1), rows.text(2)))
                        .containsExactly("1", "2026-01-05T08:00:00Z", "1.50");
            }
        }
    }
}
