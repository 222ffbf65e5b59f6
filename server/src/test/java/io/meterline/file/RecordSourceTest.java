package io.meterline.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of files as lines of JSON. */
final class RecordSourceTest {

    private static final String HEADER = "timestamp,event_type,customer_id,record/id,record/a";
    private static final String FIXED =
            "TIMESTAMP '2026-01-05 00:00:00.5' AS timestamp, 'e' AS event_type, 'c' AS customer_id, 1 AS \"record/id\"";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "12           | 12",
                "-0.50        | -0.50",
                "1e3          | 1e3",
                "99999999999999999999.999999999999999999 | 99999999999999999999.999999999999999999",
                "\"12\"       | \"12\"",
                "007          | \"007\"",
                "+5           | \"+5\"",
                ".5           | \".5\"",
                "5.           | \"5.\"",
                "1e           | \"1e\"",
                "-            | \"-\"",
                "0x1F         | \"0x1F\"",
                "NaN          | \"NaN\"",
                "true         | true",
                "false        | false",
                "\"true\"     | \"true\"",
                "TRUE         | \"TRUE\"",
                "null         | \"null\"",
                "plain text   | \"plain text\"",
                "\"a,b\"      | \"a,b\"",
                "\"\"         | \"\""
            })
    void aCellOfCsvIsTypedByHowItIsWritten(String cell, String json) throws IOException {
        String file = HEADER + "\n2026-01-05T00:00:00Z,e,c,1," + cell + "\n";
        assertThat(read(FileType.CSV, write(file)))
                .isEqualTo("2 {\"timestamp\":\"2026-01-05T00:00:00Z\",\"event_type\":\"e\",\"customer_id\":\"c\","
                        + "\"record\":{\"id\":1,\"a\":" + json + "}}\n");
    }

    @Test
    void anEmptyCellIsAbsentAndBlankLinesAreNoRecords() throws IOException {
        String file = "\uFEFF" + HEADER + "\r\n\r\n2026-01-05,e,7,1,\r\n\r\n";
        assertThat(read(FileType.CSV, write(file)))
                .isEqualTo("3 {\"timestamp\":\"2026-01-05\",\"event_type\":\"e\",\"customer_id\":\"7\","
                        + "\"record\":{\"id\":1}}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,\"id\":2", "[1", "{} {}", "\"\"", "nul"})
    void aCellOfAJsonColumnIsOneJsonValue(String json) throws IOException {
        String file = "timestamp,event_type,customer_id,record/id,record.json/a\n2026-01-05,e,c,1,\""
                + json.replace("\"", "\"\"") + "\"\n";
        boolean isJson = json.equals("\"\"");
        assertThat(read(FileType.CSV, write(file))).contains(isJson ? "\"a\":\"\"" : "fault 2 invalid_json record.a");
    }

    @Test
    void aQuoteThatIsNotClosedEndsTheFileAndIsNamed() throws IOException {
        Path file = write(HEADER + "\n2026-01-05,e,c,1,1\n2026-01-05,e,c,2,\"open\n" + "x".repeat(3 << 20));
        assertThatThrownBy(() -> read(FileType.CSV, file))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("after line 2");
    }

    @Test
    void linesOfNdjsonAreTakenAsTheyAre() throws IOException {
        Path file = write("\uFEFF{\"a\":1}\r\n\n  \nno json\n" + "x".repeat(200_000) + "\n{\"b\":2}");
        assertThat(read(FileType.NDJSON, file))
                .isEqualTo("1 {\"a\":1}\r\n4 no json\n6 {\"b\":2}\nfault 5 event_too_large \n");
    }

    @Test
    void typesOfParquetBecomeThoseOfEvents() throws Exception {
        Path file = parquet(FIXED + """
                , CAST('99999999999999999999.999999999999999999' AS DECIMAL(38,18)) AS "record/decimal"
                , CAST(0.1 AS DOUBLE) AS "record/double", CAST(1e300 AS DOUBLE) AS "record/large"
                , CAST(0.1 AS FLOAT) AS "record/float", CAST('170141183460469231731687303715884105727' AS HUGEINT)
                    AS "record/huge"
                , CAST(18446744073709551615 AS UBIGINT) AS "record/unsigned"
                , true AS "record/bool", 'it''s \"text\"' AS "record/text", CAST(NULL AS VARCHAR) AS "record/null"
                , DATE '2026-01-05' AS "record/date"
                , TIMESTAMPTZ '2026-01-05 01:00:00+01' AS "record/zoned"
                , [1, NULL, 2] AS "record/list", ['a"', 'b'] AS "record/texts", [TIMESTAMP '2026-01-05'] AS "record/times"
                , '[1,"x"]' AS "record.json/json", 42 AS "record/ Odd ""name\"\"\"
                """);
        assertThat(read(FileType.PARQUET, file)).isEqualTo("""
                1 {"timestamp":"2026-01-05T00:00:00.500Z","event_type":"e","customer_id":"c","record":{"id":1,\
                "decimal":99999999999999999999.999999999999999999,"double":0.1,"large":1e+300,"float":0.1,\
                "huge":1.7014118346046923e+38,"unsigned":18446744073709551615,"bool":true,"text":"it's \\"text\\"",\
                "date":"2026-01-05","zoned":"2026-01-05T00:00:00Z","list":[1,null,2],"texts":["a\\"","b"],\
                "times":["2026-01-05T00:00:00Z"],"json":[1,"x"]," Odd \\"name\\"":42}}
                """);
    }

    @Test
    void aNumberThatIsNoneIsAFaultOfItsRow() throws Exception {
        Path file = parquet(FIXED + ", CAST('nan' AS DOUBLE) AS \"record/a\"");
        assertThat(read(FileType.PARQUET, file)).isEqualTo("fault 1 not_a_number record.a\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'x': 1}",
                "map {'x': 1}",
                "[[1]]",
                "[{'x': 1}]",
                "'ab'::BLOB",
                "TIME '12:00:00'",
                "INTERVAL 1 DAY",
            })
    void whatNoPropertyCanHoldIsRefusedByItsColumn(String value) throws Exception {
        Path file = parquet(FIXED + ", " + value + " AS \"record/a\"");
        assertThatThrownBy(() -> read(FileType.PARQUET, file))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("record/a");
    }

    @Test
    void aFileThatIsNoParquetIsRefusedWithoutThePathOnTheServer() throws IOException {
        Path file = folder.resolve("imp_0123456789abcdef01234567");
        Files.writeString(file, "PAR1 and nothing else");
        assertThatThrownBy(() -> read(FileType.PARQUET, file))
                .isInstanceOf(FileException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(folder.toString()));
    }

    private static String read(FileType type, Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        Chunk chunk = new Chunk();
        try (RecordSource source = RecordSource.open(type, file)) {
            while (source.next(chunk)) {
                assertThat(source.percent()).isBetween(0, 100);
            }
        }
        int from = 0;
        for (int i = 0; i < chunk.records() - chunk.faults().size(); i++) {
            int to = chunk.bound(i + 1);
            text.append(chunk.line(i))
                    .append(' ')
                    .append(new String(chunk.body(), from, to - from, StandardCharsets.UTF_8));
            text.append('\n');
            from = to;
        }
        chunk.faults()
                .forEach(fault -> text.append("fault ")
                        .append(fault.error().line())
                        .append(' ')
                        .append(fault.error().code())
                        .append(' ')
                        .append(fault.error().path())
                        .append('\n'));
        return text.toString();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }

    private Path parquet(String selected) throws SQLException {
        Path file = folder.resolve("file.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT " + selected + ") TO '" + file + "' (FORMAT parquet)");
        }
        return file;
    }
}
