package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.testing.RequiresProgram;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against Debian's server, which is 18.16, in a time zone that is not UTC. */
@RequiresProgram("clickhouse-server")
final class ClickHouseContractTest extends SourceDatabaseContract {

    private static final String CONFIG = """
            <yandex><logger><level>warning</level><console>true</console></logger>
            <http_port>HTTP</http_port><tcp_port>TCP</tcp_port><listen_host>127.0.0.1</listen_host>
            <path>FOLDER/data/</path><tmp_path>FOLDER/tmp/</tmp_path><users_config>FOLDER/users.xml</users_config>
            <default_profile>default</default_profile><default_database>default</default_database>
            <mark_cache_size>5368709</mark_cache_size><timezone>Europe/Berlin</timezone></yandex>
            """;
    private static final String USERS = """
            <yandex><profiles><default/><readonly><readonly>1</readonly></readonly></profiles>
            <users><default><password></password><networks><ip>::/0</ip></networks><profile>default</profile>
            <quota>default</quota></default>
            <limited><password>s3cret</password><networks><ip>::/0</ip></networks><profile>readonly</profile>
            <quota>default</quota><allow_databases><database>default</database></allow_databases></limited>
            RECOMMENDED</users>
            <quotas><default/></quotas></yandex>
            """;

    private Process server;
    private Path folder;
    private int port;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        port = freePort();
        Files.writeString(
                folder.resolve("config.xml"),
                CONFIG.replace("HTTP", String.valueOf(port))
                        .replace("TCP", String.valueOf(freePort()))
                        .replace("FOLDER", folder.toString()));
        Files.writeString(folder.resolve("users.xml"), USERS.replace("RECOMMENDED", recommendedUser()));
        server = start();
        execute("CREATE DATABASE other");
        createTables();
    }

    // In memory: gone with the server.
    private void createTables() {
        execute("DROP TABLE IF EXISTS changes");
        execute("""
                CREATE TABLE changes (id Int64, exact Decimal(18, 4), at DateTime, day Date, letter String,
                    approximate Float64) ENGINE = Memory""");
        execute("""
                INSERT INTO changes SELECT number + 1, toDecimal64(number + 1, 4),
                    toDateTime('2026-01-01 00:00:00', 'UTC') + number * 86400, toDate('2026-01-01') + number,
                    substring('ABCDEFGHI', number + 1, 1), number + 1 FROM numbers(9)""");
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder("clickhouse-server", "--config-file=" + folder.resolve("config.xml"))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            execute("SELECT 1");
            return true;
        });
        return started;
    }

    // What the advice says for servers that know no CREATE USER, as it stands there.
    private static String recommendedUser() {
        String advice = new ClickHouseSource()
                .recommendedGrants(new ServerAddress(
                        Provider.CLICKHOUSE, "127.0.0.1", 8_123, "default", "a", "b", TlsMode.PREFER));
        return advice.lines()
                .filter(line -> line.startsWith("--   "))
                .map(line -> line.substring("--   ".length()))
                .collect(Collectors.joining("\n"))
                .replace("&lt;a long random password&gt;", "l0ng");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void execute(String statement) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .POST(HttpRequest.BodyPublishers.ofString(statement))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.body());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        server.destroyForcibly().waitFor();
    }

    @Override
    SourceDatabase source() {
        return new ClickHouseSource();
    }

    @Override
    SourceAddress address() {
        return address("default", "default", "");
    }

    private ServerAddress address(String database, String user, String password) {
        return new ServerAddress(Provider.CLICKHOUSE, "127.0.0.1", port, database, user, password, TlsMode.PREFER);
    }

    @Override
    boolean sameNameTwice() {
        return false;
    }

    @Override
    Map<String, String> expressions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("small integer", "toInt16(-32768)");
        all.put("greatest bigint", "toInt64(9223372036854775807)");
        all.put("least bigint", "toInt64(-9223372036854775808)");
        all.put("unsigned bigint", "toUInt64(18446744073709551615)");
        all.put("wide numeric", "toDecimal128('12345678901234567890.123456789012345678', 18)");
        all.put("numeric with trailing zero", "toDecimal64('2.50', 2)");
        all.put("smallest numeric", "toDecimal128('-0.000000000000000001', 18)");
        all.put("double", "0.1");
        all.put("large double", "1e21");
        all.put("float", "toFloat32(0.1)");
        all.put("null", "NULL");
        all.put("text", "'h\u00e9 \ud83d\ude00\\tb\\\\c\\n\\'d\"'");
        all.put("empty text", "''");
        all.put("date", "toDate('2026-01-05')");
        all.put("uuid", "toUUID('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')");
        all.put("enum", "CAST('sad', 'Enum8(\\'happy\\' = 1, \\'sad\\' = 2)')");
        all.put("array of numbers", "[1, 2.5, NULL]");
        all.put("array of texts", "['a,b', 'c\\'d', '']");
        all.put("empty array", "CAST([], 'Array(Int8)')");
        all.put("json object", "(1, 'a')");
        all.put("not a number", "nan");
        all.put("nested array", "[[1, 2], [3, 4]]");
        return all;
    }

    @Override
    Set<String> absent() {
        return Set.of(
                "true",
                "false",
                "timestamp",
                "timestamp of a whole second",
                "timestamptz",
                "json text",
                "json number",
                "json null",
                "bytes");
    }

    @Override
    String series(int rows) {
        return "select number + 1 as id from numbers(" + rows + ")";
    }

    @Override
    String slow() {
        return "select sum(sleep(1)) as id from numbers(300) settings max_block_size = 1";
    }

    @Override
    Map<ValueType, String> cursorColumns() {
        return Map.of(
                ValueType.INTEGER, "id",
                ValueType.NUMBER, "exact",
                ValueType.ZONED_TIME, "at",
                ValueType.DATE, "day",
                ValueType.TEXT, "letter");
    }

    @Override
    List<String> writes() {
        return List.of(
                "insert into changes (id) values (99)",
                "drop table changes",
                "create table made_by_a_loader (a Int8) engine = Memory",
                "alter table changes delete where 1",
                "with 1 as a insert into changes (id) select a");
    }

    @ParameterizedTest
    @CsvSource({
        "'toDateTime(''2026-01-05 19:56:52'', ''UTC'')', 2026-01-05T19:56:52Z",
        "'toDateTime(''2026-01-05 19:56:52'')', 2026-01-05T18:56:52Z",
        "'toDateTime(''2026-07-05 19:56:52'', ''Asia/Tokyo'')', 2026-07-05T10:56:52Z",
    })
    void timesAreOfTheirColumnsZoneOrTheServers(String expression, String expected) {
        assertThat(ids("select " + expression + " as id")).containsExactly(expected);
    }

    @Test
    void aFailureAmongTheRowsIsSaid() {
        assertThat(failure("select throwIf(number = 500000) as id from numbers(1000000)", ALL))
                .satisfies(e -> assertThat(e.code()).isEqualTo("query_failed"))
                .hasMessageContaining("throwIf");
    }

    @Test
    void aTextCannotLeaveItsQuotes() {
        String evil = "\\' or 1 = 1 -- '";
        try (SourceSession session = source().open(address(), ALL)) {
            Bindings now = Bindings.at(session.moment());
            RowStream rows = session.read(
                    SqlText.parse("select :cursor as id"),
                    new Bindings(new BoundValue.Text(ValueType.TEXT, evil), now.lastRun(), now.now()));
            rows.next();

            assertThat(rows.text(0)).isEqualTo(evil);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "default, limited, wrong, authentication_failed",
        "default, nobody, s3cret, authentication_failed",
        "nowhere, default, '', database_missing",
        "other, limited, s3cret, no_rights",
    })
    void aFailureToConnectSaysWhy(String database, String user, String password, String code) {
        assertThatThrownBy(() -> source().check(address(database, user, password)))
                .isInstanceOfSatisfying(SourceException.class, e -> {
                    assertThat(e.code()).as(e + " " + e.getCause()).isEqualTo(code);
                    assertThat(e.sentence()).doesNotContain("s3cret").endsWith(".");
                });
    }

    @Test
    void aUserWhoseProfileIsReadOnlyReads() {
        try (SourceSession session = source().open(address("default", "limited", "s3cret"), ALL)) {
            assertThat(session.read(SqlText.parse("select id from changes"), Bindings.at(session.moment()))
                            .next())
                    .isTrue();
        }
    }

    @Test
    void theRecommendedUserOfAnOldServerReadsItsDatabaseAndNothingElse() {
        execute("CREATE TABLE IF NOT EXISTS other.secrets (a Int8) ENGINE = Memory");
        ServerAddress limited = address("default", "meterline", "l0ng");

        source().check(limited);
        try (SourceSession session = source().open(limited, ALL)) {
            assertThat(session.read(SqlText.parse("select id from changes"), Bindings.at(session.moment()))
                            .next())
                    .isTrue();
        }
        try (SourceSession session = source().open(limited, ALL)) {
            assertThatThrownBy(() -> session.read(
                                    SqlText.parse("select * from other.secrets"), Bindings.at(session.moment()))
                            .next())
                    .extracting("code")
                    .isEqualTo("no_rights");
        }
    }

    @Test
    void aConnectionThatIsCutInTheMiddleIsLost() throws IOException {
        try (TcpProxy proxy = new TcpProxy(port);
                SourceSession session = source().open(
                                new ServerAddress(
                                        Provider.CLICKHOUSE,
                                        "127.0.0.1",
                                        proxy.port(),
                                        "default",
                                        "default",
                                        "",
                                        TlsMode.DISABLE),
                                ALL)) {
            RowStream rows = Midway.begin(session, series(50_000_000));

            proxy.cut();

            Midway.assertEnds(rows, "connection_lost");
        }
    }

    @Test
    void aQueryThatSomebodyEndsAtTheSourceIsTriedAgain() {
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = Midway.begin(session, series(50_000_001));

            execute("KILL QUERY WHERE query LIKE 'select number%50000001%' ASYNC");

            Midway.assertEnds(rows, "source_conflict");
        }
    }

    @Test
    void aSourceThatIsKilledInTheMiddleIsLostAndFoundAgain() throws IOException, InterruptedException {
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = Midway.begin(session, series(50_000_000));

            server.destroyForcibly().waitFor();

            Midway.assertEnds(rows, "connection_lost");
        }
        server = start();
        createTables();
        source().check(address());
    }
}
