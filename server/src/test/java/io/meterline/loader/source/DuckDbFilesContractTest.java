package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DuckDbFilesContractTest extends SourceDatabaseContract {

    private Path outside;
    private Path folder;

    @BeforeAll
    void createFiles(@TempDir Path temporary) throws IOException, SQLException {
        outside = temporary;
        folder = Files.createDirectories(outside.resolve("it's files"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("""
                    COPY (SELECT g AS id, g::decimal(18, 2) AS exact, timestamptz '2026-01-01' + (g - 1) * interval 1 day AS zoned,
                        timestamp '2026-01-01' + (g - 1) * interval 1 day AS local,
                        (date '2026-01-01' + (g - 1) * interval 1 day)::date AS day, chr(64 + g::int) AS letter,
                        ('00000000-0000-0000-0000-00000000000' || g)::uuid AS uid FROM range(1, 10) r(g))
                    TO '%s/changes.parquet'""".formatted(folder.toString().replace("'", "''")));
        }
        Files.createDirectories(folder.resolve("usage"));
        Files.writeString(folder.resolve("usage/a.csv"), "id,customerId,amount\n1,acme,2.50\n2,acme,3\n");
        Files.writeString(folder.resolve("usage/b.csv"), "id,customerId,amount\n3,globex,1\n");
        Files.writeString(folder.resolve("usage.ndjson"), "{\"id\":1,\"a\":\"x\"}\n{\"id\":2}\n");
        Files.writeString(outside.resolve("secret.csv"), "id\n1\n");
    }

    @Override
    SourceDatabase source() {
        return new DuckDbFilesSource(new FilesFolder(folder));
    }

    @Override
    SourceAddress address() {
        return new FileAddress(Provider.DUCKDB, "");
    }

    @Override
    String changes() {
        return "read_parquet(file('changes.parquet'))";
    }

    @Override
    Map<String, String> expressions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("small integer", "(-32768)::int2");
        all.put("greatest bigint", "9223372036854775807");
        all.put("least bigint", "(-9223372036854775808)::bigint");
        all.put("unsigned bigint", "18446744073709551615::ubigint");
        all.put("wide numeric", "12345678901234567890.123456789012345678::decimal(38, 18)");
        all.put("numeric with trailing zero", "2.50::decimal(10, 2)");
        all.put("smallest numeric", "(-0.000000000000000001)::decimal(38, 18)");
        all.put("double", "0.1::double");
        all.put("large double", "1e21::double");
        all.put("float", "0.1::float");
        all.put("true", "true");
        all.put("false", "false");
        all.put("null", "null::int");
        all.put("text", "E'h\u00e9 \ud83d\ude00\\tb\\\\c\\n''d\"'");
        all.put("empty text", "''");
        all.put("date", "date '2026-01-05'");
        all.put("timestamp", "timestamp '2026-01-05 21:56:52.123456'");
        all.put("timestamp of a whole second", "timestamp_s '2026-01-05 21:56:52'");
        all.put("timestamptz", "timestamptz '2026-01-05 21:56:52.5+02'");
        all.put("uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid");
        all.put("enum", "'sad'::enum('happy', 'sad')");
        all.put("array of numbers", "[1, 2.5, null]");
        all.put("array of texts", "['a,b', 'c''d', '']");
        all.put("empty array", "[]::int[]");
        all.put("json text", "'\"a\\nb\"'::json");
        all.put("json number", "'12.50'::json");
        all.put("json null", "'null'::json");
        all.put("json object", "{'a': 1}");
        all.put("bytes", "'\\xAA'::blob");
        all.put("not a number", "'nan'::double");
        all.put("nested array", "[[1, 2], [3, 4]]");
        return all;
    }

    @Override
    Set<String> absent() {
        return Set.of();
    }

    @Override
    String series(int rows) {
        return "select unnest(range(1, " + (rows + 1) + ")) as id";
    }

    @Override
    String slow() {
        return "select sum(random()) from range(1000000000000)";
    }

    @Override
    Map<ValueType, String> cursorColumns() {
        return Map.of(
                ValueType.INTEGER, "id",
                ValueType.NUMBER, "exact",
                ValueType.ZONED_TIME, "zoned",
                ValueType.LOCAL_TIME, "local",
                ValueType.DATE, "day",
                ValueType.TEXT, "letter",
                ValueType.UUID, "uid");
    }

    @Test
    void filesOfManyFormatsAreRead() {
        assertThat(ids("select id, \"customerId\", amount from read_csv(file('usage/*.csv')) order by id"))
                .containsExactly("1", "2", "3");
        assertThat(ids("from read_json(file('usage.ndjson')) select id order by id"))
                .containsExactly("1", "2");
    }

    @Test
    void aFolderWithinTheFolderMayBeTheWholeWorld() {
        SourceAddress usage = new FileAddress(Provider.DUCKDB, "usage");
        try (SourceSession session = source().open(usage, ALL)) {
            assertThat(session.columns(SqlText.parse("select id from read_csv(file('a.csv'))")))
                    .hasSize(1);
            assertThatThrownBy(
                            () -> session.columns(SqlText.parse("select id from read_csv(file('../changes.parquet'))")))
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            e -> assertThat(e.code()).as(e.sentence()).isEqualTo("file_not_allowed"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_csv('OUTSIDE/secret.csv')",
                "select * from read_csv(file('../secret.csv'))",
                "select * from read_csv(file('usage/../../secret.csv'))",
                "select * from 'OUTSIDE/secret.csv'",
                "select * from read_text('/etc/passwd')",
                "select * from glob('/etc/*')",
                "select * from read_blob('OUTSIDE/*')",
                "select * from 'https://localhost/x.csv'",
                "select * from query('copy (select 1) to ''OUTSIDE/out.csv''')",
                "copy (select 1) to 'OUTSIDE/it''s files/out.csv'",
                "attach 'OUTSIDE/other.duckdb'",
                "set enable_external_access = true",
                "install httpfs",
                "load httpfs",
                "with a as (select 1) copy a to 'x'",
            })
    void nothingOutsideOfTheFolderIsReachedAndNothingIsWritten(String query) throws IOException {
        assertThat(failure(query.replace("OUTSIDE", outside.toString()), ALL).code())
                .isIn("file_not_allowed", "query_writes", "syntax_error");

        try (var files = Files.walk(outside)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("out.csv", "other.duckdb");
        }
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsRefused() throws IOException {
        Path link = folder.resolve("link.csv");
        Files.createSymbolicLink(link, outside.resolve("secret.csv"));
        try {
            assertThatThrownBy(() -> source().check(address()))
                    .extracting("code")
                    .isEqualTo("file_not_allowed");
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(failure("select * from read_csv(file('nothing.csv'))", ALL).sentence())
                .contains("nothing.csv");
    }

    @Test
    void anErrorInAFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("broken.csv"), "id,amount\n1,2\n2,three\n");

        assertThat(failure("select id, amount::int from read_csv(file('broken.csv'))", ALL)
                        .sentence())
                .contains("Line: 3");
        assertThat(failure("select x from range(1000000000) a(x), range(1000000000) b(y) order by y", ALL)
                        .sentence())
                .contains("memory");
    }

    @Test
    void anErrorIsPlaced() {
        assertThat(failure("select 1,\n  oops", ALL).sentence()).endsWith(", at line 2, column 3.");
    }
}
