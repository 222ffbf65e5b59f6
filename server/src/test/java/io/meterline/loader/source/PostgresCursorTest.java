package io.meterline.loader.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Placeholders and the state of open transactions, on the real server. */
final class PostgresCursorTest {

    private static final ReadLimits ALL = new ReadLimits(0, Duration.ofSeconds(30));
    private static final long FIFTH = Timestamps.micros(Instant.parse("2026-01-05T00:00:00Z"));

    private final SourceServer server = SourceServer.shared();
    private final PostgresSource source = new PostgresSource();

    @BeforeEach
    void createTable() {
        server.execute("""
                DROP TABLE IF EXISTS changes;
                CREATE TABLE changes AS SELECT g AS small, g::bigint AS big, g::numeric AS exact, g::float8 AS approximate,
                    timestamptz '2026-01-01 00:00:00Z' + (g - 1) * interval '1 day' AS at,
                    timestamp '2026-01-01' + (g - 1) * interval '1 day' AS local, date '2026-01-01' + (g - 1) AS day,
                    chr(64 + g) AS letter, ('00000000-0000-0000-0000-00000000000' || g)::uuid AS uid
                    FROM generate_series(1, 9) g;
                GRANT SELECT ON changes TO reader
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "small, INTEGER, 5",
        "big, INTEGER, 5",
        "exact, NUMBER, 5",
        "approximate, NUMBER, 5",
        "at, ZONED_TIME, 0",
        "local, LOCAL_TIME, 0",
        "day, DATE, 0",
        "letter, TEXT, E",
        "uid, UUID, 00000000-0000-0000-0000-000000000005",
    })
    void theCursorHasTheTypeOfItsColumn(String column, ValueType type, String fifth) {
        SqlText query = SqlText.parse("select big as id, " + column + " as c from changes where " + column
                + " > :cursor order by 1 -- and no :cursor here");
        try (SourceSession session = source.open(server.owner(), ALL)) {
            assertThat(session.columns(query).get(1).valueType()).isEqualTo(type);
        }
        BoundValue value = switch (type) {
            case ZONED_TIME, LOCAL_TIME, DATE -> new BoundValue.Time(type, FIFTH);
            case INTEGER, NUMBER -> new BoundValue.Number(type, new BigDecimal(fifth));
            case TEXT, UUID -> new BoundValue.Text(type, fifth);
        };

        assertThat(ids(query, value)).containsExactly("6", "7", "8", "9");
        assertThat(ids(query, new BoundValue.Least(type))).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at > :cursor - interval '1 day'",
                "at > :cursor::timestamptz - interval '1 day'",
                "at - :cursor > interval '-1 day'",
                "at >= date_trunc('day', :cursor - interval '3 hours')",
                "at > (select max(x) from (values (:cursor - interval '1 day')) as v (x))",
            })
    void theCursorMayBePartOfAnExpression(String condition) {
        SqlText query = SqlText.parse("select big as id, at from changes where " + condition + " order by 1");

        assertThat(ids(query, new BoundValue.Time(ValueType.ZONED_TIME, FIFTH)))
                .startsWith(condition.contains(">=") ? "4" : "5");
    }

    @Test
    void textIsComparedByCodePointsWhateverTheColumnsOrderIs() {
        server.execute("CREATE COLLATION IF NOT EXISTS letters (provider = icu, locale = 'en');"
                + "DROP TABLE IF EXISTS words; CREATE TABLE words (id text COLLATE letters);"
                + "INSERT INTO words VALUES ('a'), ('B'), ('Z'), ('é')");
        SqlText query = SqlText.parse("select id from words where id > :cursor");

        assertThat(ids(query, new BoundValue.Text(ValueType.TEXT, "B"))).containsExactlyInAnyOrder("Z", "a", "é");
    }

    @Test
    void nowAndLastRunAreTimesOfTheSource() {
        SqlText query = SqlText.parse("""
                select big as id from changes
                where at > :last_run and :now > at and :now between now() - interval '1 minute' and clock_timestamp()""");
        try (SourceSession session = source.open(server.owner(), ALL)) {
            SourceMoment moment = session.moment();
            Bindings first = Bindings.at(moment);
            RowStream rows = session.read(
                    query, new Bindings(null, new BoundValue.Time(ValueType.ZONED_TIME, FIFTH), first.now()));
            assertThat(remaining(rows)).containsExactly("6", "7", "8", "9");
        }
        assertThat(ids(query, new BoundValue.Least(ValueType.TEXT))).hasSize(9);
    }

    @Test
    void anErrorIsPlacedInThePersonsOwnText() {
        String query = "select big as id, at from changes where at > :cursor and\n oops > :cursor";

        assertThatThrownBy(() -> ids(SqlText.parse(query), new BoundValue.Least(ValueType.ZONED_TIME)))
                .hasMessageContaining("oops")
                .hasMessageContaining("line 2, column 2");
        assertThatThrownBy(() -> ids(
                        SqlText.parse("select big as id, at from changes where at > :cursor and 1 / (big - 3) > 0"),
                        new BoundValue.Least(ValueType.ZONED_TIME)))
                .hasMessageContaining("division by zero");
    }

    @Test
    void theSourceEstimatesRows() {
        server.execute("ANALYZE changes");
        SqlText query = SqlText.parse("select * from changes where big > :cursor");
        try (SourceSession session = source.open(server.owner(), ALL)) {
            Bindings bindings = bindings(session, new BoundValue.Number(ValueType.INTEGER, BigDecimal.valueOf(5)));

            assertThat(session.estimate(query, bindings)).hasValue(4);
            assertThat(session.estimate(SqlText.parse("select oops"), bindings)).isEmpty();
            assertThat(remaining(session.read(query, bindings))).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOpenTransactionHoldsTheMomentBackForWhoeverMaySeeIt(boolean superuser) throws SQLException {
        SourceAddress address =
                superuser ? server.owner() : server.address("postgres", "reader", "s3cret", TlsMode.PREFER);
        try (Connection writer = connect();
                Statement statement = writer.createStatement()) {
            writer.setAutoCommit(false);
            statement.execute("INSERT INTO changes (big) VALUES (100)");
            long began = Long.parseLong(requireNonNull(
                    server.query("SELECT (extract(epoch FROM min(xact_start)) * 1000000)::bigint FROM pg_stat_activity"
                            + " WHERE backend_xid IS NOT NULL")));

            SourceMoment during = moment(address);
            long next = next(address);

            assertThat(requireNonNull(during.oldestOpen())).isLessThan(next);
            if (superuser) {
                assertThat(requireNonNull(during.openSinceMicros())).isLessThan(began);
            } else {
                assertThat(during.openSinceMicros()).isNull();
            }
            writer.commit();
            SourceMoment after = moment(address);
            assertThat(requireNonNull(after.oldestOpen())).isGreaterThanOrEqualTo(next);
            assertThat(requireNonNull(after.openSinceMicros()))
                    .isBetween(after.nowMicros() - 5_000_000, after.nowMicros());
        }
    }

    @Test
    void aSourceThatDoesNotTellItsTransactionsTellsItsTime() {
        SourceAddress reader = server.address("postgres", "reader", "s3cret", TlsMode.PREFER);
        server.execute("REVOKE EXECUTE ON FUNCTION txid_current_snapshot() FROM PUBLIC");
        try (SourceSession session = source.open(reader, ALL)) {
            SourceMoment moment = session.moment();

            assertThat(moment.openSinceMicros()).isNull();
            assertThat(moment.oldestOpen()).isNull();
            assertThat(moment.nowMicros() / 60_000_000)
                    .isBetween(
                            Instant.now().getEpochSecond() / 60 - 1,
                            Instant.now().getEpochSecond() / 60 + 1);
            assertThat(session.nextTransaction()).isEmpty();
            assertThat(session.read(SqlText.parse("select 1 as id"), Bindings.at(moment))
                            .next())
                    .isTrue();
        } finally {
            server.execute("GRANT EXECUTE ON FUNCTION txid_current_snapshot() TO PUBLIC");
        }
    }

    private long next(SourceAddress address) {
        try (SourceSession session = source.open(address, ALL)) {
            return session.nextTransaction().orElseThrow();
        }
    }

    private SourceMoment moment(SourceAddress address) {
        try (SourceSession session = source.open(address, ALL)) {
            return session.moment();
        }
    }

    private List<String> ids(SqlText query, BoundValue cursor) {
        try (SourceSession session = source.open(server.owner(), ALL)) {
            return remaining(session.read(query, bindings(session, cursor)));
        }
    }

    private static Bindings bindings(SourceSession session, BoundValue cursor) {
        Bindings bindings = Bindings.at(session.moment());
        return new Bindings(cursor, bindings.lastRun(), bindings.now());
    }

    private static List<String> remaining(RowStream rows) {
        List<String> ids = new ArrayList<>();
        while (rows.next()) {
            ids.add(String.valueOf(rows.text(0)));
        }
        return ids;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + server.port() + "/postgres", "postgres", "");
    }
}
