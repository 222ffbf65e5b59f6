package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.PropertyValue;
import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type of PostgreSQL that people meter, as the real server sends it. */
final class PostgresTypesTest {

    private static final ReadLimits ALL = new ReadLimits(0, Duration.ofSeconds(30));

    private final SourceServer server = SourceServer.shared();

    @BeforeAll
    static void createTypes() {
        SourceServer.shared().execute("""
                        DROP SCHEMA IF EXISTS kinds CASCADE; CREATE SCHEMA kinds;
                        CREATE TYPE kinds.mood AS ENUM ('happy', 'sad');
                        CREATE DOMAIN kinds.price AS numeric(10, 2)
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1::int2 | 1",
                "(-2147483648)::int4 | -2147483648",
                "9223372036854775807::int8 | 9223372036854775807",
                "12345678901234567890.123456789012345678::numeric | 12345678901234567890.123456789012345678",
                "2.50::numeric(10,2) | 2.5",
                "(-0.000000000000000001)::numeric | -0.000000000000000001",
                "1e20::numeric | 100000000000000000000",
                "0.1::float4 | 0.1",
                "0.1::float8 | 0.1",
                "1e21::float8 | 1000000000000000000000",
                "1e-7::float8 | 0.0000001",
                "(-0.0)::float8 | 0",
                "7.10::kinds.price | 7.1",
            })
    void numbersAreExact(String expression, BigDecimal expected) {
        assertThat(read(expression)).isEqualTo(new PropertyValue.Number(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'héllo'::text | héllo",
                "'a'::varchar(5) | a",
                "'a'::char(1) | a",
                "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid | a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "'sad'::kinds.mood | sad",
                "date '2026-01-05' | 2026-01-05",
                "timestamp '2026-01-05 21:56:52' | 2026-01-05T21:56:52",
                "timestamp '2026-01-05 21:56:52.5' | 2026-01-05T21:56:52.500",
                "timestamptz '2026-01-05 21:56:52.123456+02' | 2026-01-05T19:56:52.123456Z",
                "timestamptz '2026-01-05 21:56:52+05:30' | 2026-01-05T16:26:52Z",
                "timestamptz 'infinity' | infinity",
                "interval '1 day 2 hours' | P1DT2H",
                "'10.0.0.1'::inet | 10.0.0.1",
                "'\"a\\nb\"'::jsonb | a#b",
                "E'tab\\tand\\\\slash' | tab@and\\slash",
            })
    void textsAndTimesAreText(String expression, String expected) {
        assertThat(read(expression))
                .isEqualTo(new PropertyValue.Text(expected.replace('#', '\n').replace('@', '\t')));
    }

    @Test
    void booleansNullsAndJsonScalarsKeepTheirKind() {
        assertThat(read("true")).isEqualTo(PropertyValue.Bool.TRUE);
        assertThat(read("false")).isEqualTo(PropertyValue.Bool.FALSE);
        assertThat(read("null::int")).isEqualTo(PropertyValue.Null.NULL);
        assertThat(read("''")).isEqualTo(new PropertyValue.Text(""));
        assertThat(read("E'\\\\N'")).isEqualTo(new PropertyValue.Text("\\N"));
        assertThat(read("'12.50'::json")).isEqualTo(new PropertyValue.Number(new BigDecimal("12.5")));
        assertThat(read("'null'::jsonb")).isEqualTo(PropertyValue.Null.NULL);
        assertThat(read("'true'::jsonb")).isEqualTo(PropertyValue.Bool.TRUE);
    }

    @Test
    void arraysBecomeArrays() {
        assertThat(read("array[1, 2.5, null]")).isEqualTo(array(number("1"), number("2.5"), PropertyValue.Null.NULL));
        assertThat(read("array['a,b', 'c\"d', 'NULL', '', E'x\\\\y', E'l\\nm']::text[]"))
                .isEqualTo(array(text("a,b"), text("c\"d"), text("NULL"), text(""), text("x\\y"), text("l\nm")));
        assertThat(read("'{}'::int[]")).isEqualTo(array());
        assertThat(read("'[0:1]={7,8}'::int[]")).isEqualTo(array(number("7"), number("8")));
        assertThat(read("array[true, false]")).isEqualTo(array(PropertyValue.Bool.TRUE, PropertyValue.Bool.FALSE));
        assertThat(read("array['happy']::kinds.mood[]")).isEqualTo(array(text("happy")));
        assertThat(read("array[timestamptz '2026-01-05 21:56:52+00']")).isEqualTo(array(text("2026-01-05T21:56:52Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'NaN'::numeric | not_a_number",
                "'Infinity'::numeric | not_a_number",
                "'-Infinity'::float8 | not_a_number",
                "repeat('9', 2000)::numeric | number_too_large",
                "'{\"a\":1}'::jsonb | nested_json",
                "'[1]'::json | nested_json",
                "array[[1,2],[3,4]] | nested_array",
                "array['NaN'::float8] | not_a_number",
                "'\\x00ff'::bytea | unsupported_type",
            })
    void whatNoPropertyCanHoldIsABadCell(String expression, String code) {
        assertThatThrownBy(() -> read(expression))
                .isInstanceOfSatisfying(
                        BadCellException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "timestamptz '2026-01-05 21:56:52.123456+00', 2026-01-05T21:56:52.123456Z",
        "timestamptz '2026-07-05 21:56:52+02', 2026-07-05T19:56:52Z",
        "timestamp '2026-01-05 21:56:52.5', 2026-01-05T21:56:52.500Z",
        "date '1969-12-31', 1969-12-31T00:00:00Z",
        "timestamp '0001-01-01 00:00:00', 0001-01-01T00:00:00Z",
    })
    void timesAreMicrosecondsInUtc(String expression, String expected) {
        assertThat(Timestamps.text(micros(expression))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "timestamptz 'infinity'",
        "timestamptz '-infinity'",
        "timestamp '0044-03-15 12:00:00 BC'",
        "timestamp '12026-01-05 21:56:52'",
        "date '0044-03-15 BC'",
        "date '12026-01-05'",
    })
    void aTimeOutsideTheCalendarIsABadCell(String expression) {
        assertThatThrownBy(() -> micros(expression))
                .isInstanceOfSatisfying(
                        BadCellException.class, e -> assertThat(e.code()).isEqualTo("invalid_timestamp"));
    }

    private PropertyValue read(String expression) {
        return read(expression, rows -> rows.value(1));
    }

    private long micros(String expression) {
        return read(expression, rows -> {
            assertThat(rows.columns().get(1).kind()).isEqualTo(Column.Kind.TIME);
            return rows.micros(1);
        });
    }

    // Between two others, so that a cell's borders matter.
    private <T> T read(String expression, Function<RowStream, T> cell) {
        SqlText query = SqlText.parse("select 'before' as a, " + expression + " as b, 'after' as c");
        try (SourceSession session = new PostgresSource().open(server.owner(), ALL)) {
            RowStream rows = session.read(query, Bindings.at(session.moment()));
            rows.next();
            return cell.apply(rows);
        }
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
