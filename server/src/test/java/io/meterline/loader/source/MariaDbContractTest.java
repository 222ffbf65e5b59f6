package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.testing.RequiresProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresProgram("mariadbd")
final class MariaDbContractTest extends SourceDatabaseContract {

    private MariaDbServer server;

    @BeforeAll
    void createTables(@TempDir Path folder) {
        server = new MariaDbServer(folder);
        server.execute(
                "USE shop",
                """
                CREATE TABLE changes (id BIGINT PRIMARY KEY, exact DECIMAL(20, 4), at TIMESTAMP NULL, local DATETIME(6),
                    day DATE, letter VARCHAR(10), approximate DOUBLE)""",
                """
                INSERT INTO changes SELECT seq, seq, TIMESTAMP('2026-01-01') + INTERVAL (seq - 1) DAY,
                    TIMESTAMP('2026-01-01') + INTERVAL (seq - 1) DAY, DATE('2026-01-01') + INTERVAL (seq - 1) DAY,
                    CHAR(64 + seq), seq FROM seq_1_to_9""",
                """
                CREATE TABLE kinds (si SMALLINT, ub BIGINT UNSIGNED, d DECIMAL(38, 18), d2 DECIMAL(10, 2), f FLOAT, db DOUBLE,
                    yes BOOLEAN, no BIT(1), day DATE, at DATETIME(6), second DATETIME, zoned TIMESTAMP(3) NULL,
                    mood ENUM('happy', 'sad'), u UUID, j JSON, jt JSON, jn JSON, j0 JSON, bytes BLOB, t TEXT, zero DATE)""",
                "SET sql_mode = ''",
                """
                INSERT INTO kinds VALUES (-32768, 18446744073709551615, 12345678901234567890.123456789012345678, 2.50, 0.1,
                    1e21, true, b'0', '2026-01-05', '2026-01-05 21:56:52.123456', '2026-01-05 21:56:52',
                    '2026-01-05 19:56:52.5', 'sad', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '{"a": 1}', '"a\\\\nb"', '12.50',
                    'null', x'00ff', 'h\u00e9 \ud83d\ude00\\tb\\\\c\\n''d"', '0000-00-00')""",
                "CREATE USER 'limited'@'%' IDENTIFIED BY 's3cret'",
                "CREATE TABLE secrets (a INT)",
                "CREATE DATABASE other");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    SourceDatabase source() {
        return new MySqlSource();
    }

    @Override
    SourceAddress address() {
        return server.root();
    }

    @Override
    String quoted(String name) {
        return '`' + name + '`';
    }

    @Override
    Map<String, String> expressions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("small integer", "si | kinds");
        all.put("greatest bigint", "9223372036854775807");
        all.put("least bigint", "-9223372036854775808");
        all.put("unsigned bigint", "ub | kinds");
        all.put("wide numeric", "d | kinds");
        all.put("numeric with trailing zero", "d2 | kinds");
        all.put("smallest numeric", "-0.000000000000000001");
        all.put("double", "1e-1");
        all.put("large double", "db | kinds");
        all.put("float", "f | kinds");
        all.put("true", "yes | kinds");
        all.put("false", "no | kinds");
        all.put("null", "null");
        all.put("text", "t | kinds");
        all.put("empty text", "''");
        all.put("date", "day | kinds");
        all.put("timestamp", "at | kinds");
        all.put("timestamp of a whole second", "second | kinds");
        all.put("timestamptz", "zoned | kinds");
        all.put("uuid", "u | kinds");
        all.put("enum", "mood | kinds");
        all.put("json text", "jt | kinds");
        all.put("json number", "jn | kinds");
        all.put("json null", "j0 | kinds");
        all.put("json object", "j | kinds");
        all.put("bytes", "bytes | kinds");
        return all;
    }

    @Override
    Set<String> absent() {
        return Set.of("array of numbers", "array of texts", "empty array", "not a number", "nested array");
    }

    @Override
    String series(int rows) {
        return "select seq as id from seq_1_to_" + rows;
    }

    @Override
    String slow() {
        return "select count(*) as id from seq_1_to_1000000 a, seq_1_to_1000000 b where a.seq * b.seq = 7";
    }

    @Override
    Map<ValueType, String> cursorColumns() {
        return Map.of(
                ValueType.INTEGER, "id",
                ValueType.NUMBER, "exact",
                ValueType.ZONED_TIME, "at",
                ValueType.LOCAL_TIME, "local",
                ValueType.DATE, "day",
                ValueType.TEXT, "letter");
    }

    @Test
    void aZeroDateIsABadCell() {
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = session.read(SqlText.parse("select zero from kinds"), Bindings.at(session.moment()));
            rows.next();

            assertThatThrownBy(() -> rows.value(0)).extracting("code").isEqualTo("invalid_timestamp");
            assertThat(rows.text(0)).isEqualTo("0000-00-00");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 into outfile 'made'",
                "select 1 /*!50000 into outfile 'made' */",
                "select 1 into/**/dumpfile 'made'",
                "call made_up()",
                "select 1; drop table changes"
            })
    void whatIsNoReadIsRefused(String query) {
        assertThatThrownBy(() -> ids(query)).extracting("code").isIn("query_writes", "multiple_statements");
    }

    @Test
    void withoutTlsOnTheServerPreferIsEnough() {
        source().check(server.address("root", "", TlsMode.PREFER));
    }

    @ParameterizedTest
    @CsvSource({
        "shop, root, wrong, disable, authentication_failed",
        "shop, nobody, s3cret, disable, authentication_failed",
        "nowhere, root, '', disable, database_missing",
        "other, limited, s3cret, disable, no_rights",
        "shop, root, '', require, tls_not_offered",
        "shop, root, '', verify-full, tls_not_offered",
    })
    void aFailureToConnectSaysWhy(String database, String user, String password, String tls, String code) {
        ServerAddress address = new ServerAddress(
                Provider.MYSQL,
                "127.0.0.1",
                server.port(),
                database,
                user,
                password,
                TlsMode.of(tls).orElseThrow());

        assertThatThrownBy(() -> source().check(address)).isInstanceOfSatisfying(SourceException.class, e -> {
            assertThat(e.code()).as(e + " " + e.getCause()).isEqualTo(code);
            assertThat(e.sentence()).doesNotContain("s3cret").endsWith(".");
        });
    }

    @Test
    void theRecommendedUserReadsWhatItWasGrantedAndNothingElse() {
        String grants = source().recommendedGrants(address());
        for (String statement : grants.lines().toList()) {
            server.execute(
                    "USE shop",
                    statement
                            .replace("<a long random password>", "l0ng")
                            .replace("<each table or view of your queries>", "changes"));
        }
        ServerAddress limited = server.address("meterline", "l0ng", TlsMode.DISABLE);

        source().check(limited);
        assertThat(count(limited, "select id from changes")).isEqualTo(9);
        assertThatThrownBy(() -> count(limited, "select * from secrets"))
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.code()).isEqualTo("no_rights");
                    assertThat(e.sentence()).contains("secrets");
                });
    }

    @Test
    void aConnectionThatIsCutInTheMiddleIsLost() throws IOException {
        try (TcpProxy proxy = new TcpProxy(server.port());
                SourceSession session = source().open(through(proxy), ALL)) {
            RowStream rows = Midway.begin(session, series(20_000_000));

            proxy.cut();

            Midway.assertEnds(rows, "connection_lost");
        }
    }

    private static ServerAddress through(TcpProxy proxy) {
        return new ServerAddress(Provider.MARIADB, "127.0.0.1", proxy.port(), "shop", "root", "", TlsMode.DISABLE);
    }

    @ParameterizedTest
    @CsvSource({"QUERY, source_conflict", "CONNECTION, connection_lost"})
    void whatSomebodyEndsAtTheSourceIsTriedAgain(String what, String code) {
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = Midway.begin(session, series(20_000_001));

            server.execute("KILL " + what + " " + server.running("seq_1_to_20000001"));

            Midway.assertEnds(rows, code);
        }
    }

    @Test
    void aSourceThatIsRestartedInTheMiddleIsLostAndFoundAgain() {
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = Midway.begin(session, series(20_000_000));

            server.restart();

            Midway.assertEnds(rows, "connection_lost");
        }
        source().check(address());
        assertThat(ids("select id from changes")).hasSize(9);
    }

    private int count(SourceAddress address, String query) {
        int count = 0;
        try (SourceSession session = source().open(address, ALL)) {
            RowStream rows = session.read(SqlText.parse(query), Bindings.at(session.moment()));
            while (rows.next()) {
                count++;
            }
        }
        return count;
    }
}
