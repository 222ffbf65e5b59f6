package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.PropertyValue;
import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every source does, whatever it is. Each provider that can run here runs all of it against the real thing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SourceDatabaseContract {

    static final ReadLimits ALL = new ReadLimits(0, Duration.ofSeconds(30));
    private static final long FIFTH = Timestamps.micros(Instant.parse("2026-01-05T00:00:00Z"));

    /** What a value becomes, by the name of its kind. */
    private static final Map<String, PropertyValue> VALUES = new LinkedHashMap<>();

    private static final Map<String, String> REFUSALS = new LinkedHashMap<>();

    static {
        VALUES.put("small integer", number("-32768"));
        VALUES.put("greatest bigint", number("9223372036854775807"));
        VALUES.put("least bigint", number("-9223372036854775808"));
        VALUES.put("unsigned bigint", number("18446744073709551615"));
        VALUES.put("wide numeric", number("12345678901234567890.123456789012345678"));
        VALUES.put("numeric with trailing zero", number("2.5"));
        VALUES.put("smallest numeric", number("-0.000000000000000001"));
        VALUES.put("double", number("0.1"));
        VALUES.put("large double", number("1000000000000000000000"));
        VALUES.put("float", number("0.1"));
        VALUES.put("true", PropertyValue.Bool.TRUE);
        VALUES.put("false", PropertyValue.Bool.FALSE);
        VALUES.put("null", PropertyValue.Null.NULL);
        VALUES.put("text", text("h\u00e9 \ud83d\ude00\tb\\c\n'd\""));
        VALUES.put("empty text", text(""));
        VALUES.put("date", text("2026-01-05"));
        VALUES.put("timestamp", text("2026-01-05T21:56:52.123456"));
        VALUES.put("timestamp of a whole second", text("2026-01-05T21:56:52"));
        VALUES.put("timestamptz", text("2026-01-05T19:56:52.500Z"));
        VALUES.put("uuid", text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
        VALUES.put("enum", text("sad"));
        VALUES.put("array of numbers", array(number("1"), number("2.5"), PropertyValue.Null.NULL));
        VALUES.put("array of texts", array(text("a,b"), text("c'd"), text("")));
        VALUES.put("empty array", array());
        VALUES.put("json text", text("a\nb"));
        VALUES.put("json number", number("12.5"));
        VALUES.put("json null", PropertyValue.Null.NULL);
        REFUSALS.put("json object", "nested_json");
        REFUSALS.put("bytes", "unsupported_type");
        REFUSALS.put("not a number", "not_a_number");
        REFUSALS.put("nested array", "nested_array");
    }

    abstract SourceDatabase source();

    abstract SourceAddress address();

    /** An expression, perhaps with a FROM behind a bar, for each kind of value that the source has. */
    abstract Map<String, String> expressions();

    /** The kinds of value that the source does not have. */
    abstract Set<String> absent();

    /** A query that gives the whole numbers from 1 in a column {@code id}. */
    abstract String series(int rows);

    /** A query that works for minutes before it gives a row. */
    abstract String slow();

    /** A name in quotes. */
    String quoted(String name) {
        return '"' + name + '"';
    }

    /** The columns of a table {@code changes} with nine rows, by the type of a cursor on them; id is 1 to 9. */
    abstract Map<ValueType, String> cursorColumns();

    /** What a query calls the table {@code changes}. */
    String changes() {
        return "changes";
    }

    /** Whether a result may have two columns of one name. */
    boolean sameNameTwice() {
        return true;
    }

    /** Statements that write, on the table {@code changes}. */
    List<String> writes() {
        return List.of(
                "delete from changes",
                "insert into changes (id) values (99)",
                "update changes set id = 0",
                "drop table changes",
                "create table made_by_a_loader (a int)");
    }

    @Test
    void anOpenDatabasePassesTheBlankQuery() {
        source().check(address());
    }

    @Test
    void everyKindOfValueIsThereOrSaidToBeAbsent() {
        List<String> known = Stream.concat(VALUES.keySet().stream(), REFUSALS.keySet().stream())
                .filter(kind -> !absent().contains(kind))
                .toList();

        assertThat(expressions().keySet()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void valuesBecomeProperties() {
        SoftAssertions all = new SoftAssertions();
        expressions().forEach((kind, expression) -> {
            if (VALUES.containsKey(kind)) {
                all.assertThatCode(() -> assertThat(read(expression)).isEqualTo(VALUES.get(kind)))
                        .as(kind)
                        .doesNotThrowAnyException();
            }
        });
        all.assertAll();
    }

    @Test
    void whatNoPropertyCanHoldIsABadCellThatCanBeShown() {
        SoftAssertions all = new SoftAssertions();
        expressions().forEach((kind, expression) -> {
            if (REFUSALS.containsKey(kind)) {
                all.assertThatThrownBy(() -> read(expression))
                        .as(kind)
                        .isInstanceOfSatisfying(
                                BadCellException.class,
                                e -> assertThat(e.code()).isEqualTo(REFUSALS.get(kind)));
            }
        });
        all.assertAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"date", "timestamp", "timestamptz"})
    void timesAreMicrosecondsInUtc(String kind) {
        if (absent().contains(kind)) {
            return;
        }
        String expected = switch (kind) {
            case "date" -> "2026-01-05T00:00:00Z";
            case "timestamp" -> "2026-01-05T21:56:52.123456Z";
            default -> "2026-01-05T19:56:52.500Z";
        };
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = session.read(between(String.valueOf(expressions().get(kind))), bindings(session, null));
            assertThat(rows.next()).isTrue();
            if (rows.columns().get(1).kind() == Column.Kind.TIME) {
                assertThat(Timestamps.text(rows.micros(1))).isEqualTo(expected);
            }
        }
    }

    @Test
    void columnsAreKnownBeforeTheQueryRuns() {
        SqlText query = parse("select 1 as " + quoted("id") + ", 'a' as " + quoted("customerId") + ", 2 as "
                + quoted("Total") + ", 3 as " + quoted(sameNameTwice() ? "id" : "other"));
        List<String> names = List.of("id", "customerId", "Total", sameNameTwice() ? "id" : "other");
        try (SourceSession session = source().open(address(), ALL)) {
            assertThat(session.columns(query).stream().map(Column::name)).containsExactlyElementsOf(names);
            assertThat(session.read(query, bindings(session, null)).columns().stream()
                            .map(Column::name))
                    .containsExactlyElementsOf(names);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 as id -- trailing comment",
                "select 1 as id; -- trailing comment",
                "select 1 as id /* ; */ ;",
                "select 1 as id where 'a;b' <> ';'",
                "-- a comment\n select 1 as id",
            })
    void queriesOfManyShapesAreRead(String query) {
        assertThat(ids(query)).containsExactly("1");
    }

    @Test
    void rowsComeInTheOrderOfTheQueryAndEndAtTheLimit() {
        String query = "select id from " + changes() + " order by id desc";

        assertThat(ids(query)).containsExactly("9", "8", "7", "6", "5", "4", "3", "2", "1");
        assertThat(ids(query, new ReadLimits(3, Duration.ofSeconds(30)), null)).containsExactly("9", "8", "7");
    }

    @Test
    void moreRowsOrBytesThanAllowedAreAFailure() {
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = new BoundedRows(
                    session.read(parse("select id from " + changes()), bindings(session, null)),
                    new RowLimits(3, 0),
                    "max_",
                    "data loader");
            for (int i = 0; i < 3; i++) {
                assertThat(rows.next()).isTrue();
            }
            assertThatThrownBy(rows::next).extracting("code").isEqualTo("too_many_rows");
        }
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = new BoundedRows(
                    session.read(parse("select id from " + changes()), bindings(session, null)),
                    new RowLimits(0, 1),
                    "max_",
                    "data loader");
            assertThatThrownBy(() -> {
                        while (rows.next()) {
                            assertThat(rows.bytes()).isPositive();
                        }
                    })
                    .extracting("code")
                    .isEqualTo("too_many_bytes");
        }
    }

    @Test
    void manyRowsAreStreamed() {
        long sum = 0;
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = session.read(parse(series(200_000)), bindings(session, null));
            while (rows.next()) {
                sum += ((PropertyValue.Number) rows.value(0)).value().longValueExact();
            }
        }

        assertThat(sum).isEqualTo(200_000L * 200_001 / 2);
    }

    @Test
    void aReadMayBeLeftHalfway() {
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = session.read(parse(series(5_000_000)), bindings(session, null));
            assertThat(rows.next()).isTrue();
        }
    }

    Stream<Map.Entry<ValueType, String>> cursors() {
        return cursorColumns().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("cursors")
    void theCursorHasTheTypeOfItsColumn(Map.Entry<ValueType, String> cursor) {
        ValueType type = cursor.getKey();
        String query = "select id, " + cursor.getValue() + " as c from " + changes() + " where " + cursor.getValue()
                + " > :cursor order by id -- and no :cursor here";
        try (SourceSession session = source().open(address(), ALL)) {
            assertThat(session.columns(parse(query)).get(1).valueType()).isEqualTo(type);
        }
        BoundValue value = switch (type) {
            case ZONED_TIME, LOCAL_TIME, DATE -> new BoundValue.Time(type, FIFTH);
            case INTEGER, NUMBER -> new BoundValue.Number(type, BigDecimal.valueOf(5));
            case TEXT -> new BoundValue.Text(type, "E");
            case UUID -> new BoundValue.Text(type, "00000000-0000-0000-0000-000000000005");
        };

        assertThat(ids(query, ALL, value)).containsExactly("6", "7", "8", "9");
        assertThat(ids(query, ALL, new BoundValue.Least(type))).hasSize(9);
    }

    @Test
    void theSourceTellsItsTime() {
        try (SourceSession session = source().open(address(), ALL)) {
            Instant now = Timestamps.instant(session.moment().nowMicros());

            assertThat(Duration.between(now, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"selec 1", "select 1,, 2", "select from where"})
    void aSyntaxErrorIsNamed(String query) {
        assertThat(failure(query, ALL).code()).isIn("syntax_error", "query_writes");
        assertThat(failure(query, ALL).sentence()).endsWith(".");
    }

    @Test
    void aMissingTableOrColumnIsNamed() {
        assertThat(failure("select id from no_such_table", ALL))
                .satisfies(e -> assertThat(e.code()).isEqualTo("unknown_table"))
                .satisfies(e -> assertThat(e.sentence()).contains("no_such_table"));
        assertThat(failure("select no_such_column from " + changes(), ALL))
                .satisfies(e -> assertThat(e.code()).isEqualTo("unknown_column"))
                .satisfies(e -> assertThat(e.sentence()).contains("no_such_column"));
    }

    @Test
    void nothingIsWritten() {
        for (String write : writes()) {
            assertThat(failure(write, ALL).code()).as(write).isIn("query_writes", "syntax_error", "no_rights");
        }
        assertThat(ids("select id from " + changes())).hasSize(9);
        assertThat(failure("select * from made_by_a_loader", ALL).code()).isEqualTo("unknown_table");
    }

    @Test
    void aQueryThatTakesTooLongIsStopped() {
        SourceException failure = failure(slow(), new ReadLimits(0, Duration.ofSeconds(1)));

        assertThat(failure.code()).as(failure.sentence()).isEqualTo("statement_timeout");
    }

    @Test
    void aQueryThatHasNotAnsweredYetCanBeCancelled() throws InterruptedException {
        try (SourceSession session = source().open(address(), ALL)) {
            CompletableFuture<SourceException> failure = new CompletableFuture<>();
            Thread reader = Thread.ofPlatform().start(() -> {
                try {
                    session.read(parse(slow()), bindings(session, null)).next();
                    failure.completeExceptionally(new AssertionError("it ended"));
                } catch (SourceException e) {
                    failure.complete(e);
                }
            });
            // Until it is under way a cancellation has nothing to stop but must count all the same.
            reader.join(Duration.ofMillis(300));

            session.cancel();

            assertThat(failure)
                    .succeedsWithin(Duration.ofSeconds(10))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("cancelled"));
        }
    }

    @Test
    void aCancelledReadStops() {
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = session.read(parse(series(5_000_000)), bindings(session, null));
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
    void itIsReadFromVirtualThreadsToo() throws InterruptedException {
        List<String> read = new ArrayList<>();
        Thread.ofVirtual()
                .start(() -> read.addAll(ids("select id from " + changes())))
                .join();

        assertThat(read).hasSize(9);
    }

    private SqlText parse(String query) {
        return SqlText.parse(query, address().provider().rules());
    }

    SourceException failure(String query, ReadLimits limits) {
        try {
            ids(query, limits, null);
        } catch (SourceException e) {
            return e;
        }
        throw new AssertionError("it did not fail: " + query);
    }

    List<String> ids(String query) {
        return ids(query, ALL, null);
    }

    private List<String> ids(String query, ReadLimits limits, @Nullable BoundValue cursor) {
        List<String> ids = new ArrayList<>();
        try (SourceSession session = source().open(address(), limits)) {
            RowStream rows = session.read(parse(query), bindings(session, cursor));
            while (rows.next()) {
                ids.add(rows.text(0));
            }
        }
        return ids;
    }

    private PropertyValue read(String expression) {
        try (SourceSession session = source().open(address(), ALL)) {
            RowStream rows = session.read(between(expression), bindings(session, null));
            assertThat(rows.next()).isTrue();
            assertThat(rows.text(1) == null).isEqualTo(rows.isNull(1));
            assertThat(rows.bytes()).isPositive();
            PropertyValue value = rows.value(1);
            assertThat(rows.value(1)).as("read again").isEqualTo(value);
            assertThat(rows.text(0) + rows.text(2)).isEqualTo("beforeafter");
            return value;
        }
    }

    // Between two others, so that a cell's borders matter.
    private SqlText between(String expression) {
        int bar = expression.indexOf(" | ");
        String value = bar < 0 ? expression : expression.substring(0, bar);
        String from = bar < 0 ? "" : " from " + expression.substring(bar + 3);
        return parse("select 'before' as a, " + value + " as b, 'after' as c" + from);
    }

    private static Bindings bindings(SourceSession session, @Nullable BoundValue cursor) {
        Bindings now = Bindings.at(session.moment());
        return new Bindings(cursor, now.lastRun(), now.now());
    }

    private static PropertyValue array(PropertyValue.Scalar... elements) {
        return new PropertyValue.Array(List.of(elements));
    }

    private static PropertyValue.Scalar text(String text) {
        return new PropertyValue.Text(text);
    }

    private static PropertyValue.Scalar number(String text) {
        return new PropertyValue.Number(new BigDecimal(text));
    }
}
