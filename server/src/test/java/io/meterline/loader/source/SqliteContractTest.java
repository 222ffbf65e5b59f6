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

final class SqliteContractTest extends SourceDatabaseContract {

    private Path outside;
    private Path folder;

    @BeforeAll
    void createFile(@TempDir Path temporary) throws IOException, SQLException {
        outside = temporary;
        folder = outside.resolve("files");
        Files.createDirectories(folder.resolve("shop"));
        create(folder.resolve("shop/usage.db"), """
                CREATE TABLE changes (id INTEGER PRIMARY KEY, exact NUMERIC, letter TEXT COLLATE NOCASE);
                INSERT INTO changes VALUES (1, 1, 'A'), (2, 2, 'B'), (3, 3, 'C'), (4, 4, 'D'), (5, 5, 'E'), (6, 6, 'F'),
                    (7, 7, 'G'), (8, 8, 'H'), (9, 9, 'I');
                CREATE TABLE kinds (yes BOOLEAN, no BOOLEAN, day DATE, at TIMESTAMP, second TIMESTAMP, bytes BLOB, data JSON,
                    word JSON, empty JSON, number JSON);
                INSERT INTO kinds VALUES (1, 0, '2026-01-05', '2026-01-05T21:56:52.123456', '2026-01-05T21:56:52', x'00ff',
                    '{"a":1}', '"a\\nb"', 'null', '12.50')
                """);
    }

    private static void create(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String each : sql.split(";", -1)) {
                statement.execute(each);
            }
        }
    }

    @Override
    SourceDatabase source() {
        return new SqliteSource(new FilesFolder(folder));
    }

    @Override
    SourceAddress address() {
        return new FileAddress(Provider.SQLITE, "shop/usage.db");
    }

    @Override
    Map<String, String> expressions() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("small integer", "-32768");
        all.put("greatest bigint", "9223372036854775807");
        all.put("least bigint", "-9223372036854775807 - 1");
        all.put("numeric with trailing zero", "2.50");
        all.put("double", "0.1");
        all.put("large double", "1e21");
        all.put("true", "yes | kinds");
        all.put("false", "no | kinds");
        all.put("null", "null");
        all.put("text", "'h\u00e9 \ud83d\ude00' || char(9) || 'b\\c' || char(10) || '''d\"'");
        all.put("empty text", "''");
        all.put("date", "day | kinds");
        all.put("timestamp", "at | kinds");
        all.put("timestamp of a whole second", "second | kinds");
        all.put("json text", "word | kinds");
        all.put("json number", "number | kinds");
        all.put("json null", "empty | kinds");
        all.put("json object", "data | kinds");
        all.put("bytes", "bytes | kinds");
        return all;
    }

    @Override
    Set<String> absent() {
        return Set.of(
                "unsigned bigint",
                "wide numeric",
                "smallest numeric",
                "float",
                "timestamptz",
                "uuid",
                "enum",
                "array of numbers",
                "array of texts",
                "empty array",
                "not a number",
                "nested array");
    }

    @Override
    String series(int rows) {
        return "with recursive s(id) as (values (1) union all select id + 1 from s where id < " + rows
                + ") select id from s";
    }

    @Override
    String slow() {
        return "with recursive s(id) as (values (1) union all select id + 1 from s) select max(id) from s";
    }

    @Override
    Map<ValueType, String> cursorColumns() {
        return Map.of(ValueType.INTEGER, "id", ValueType.NUMBER, "exact", ValueType.TEXT, "letter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.db", "shop/../../secret.db", "link.db", "shop", "nothing.db", "usage.db\0"})
    void aFileOutsideOfTheFolderIsNeverOpened(String path) throws IOException, SQLException {
        Path secret = outside.resolve("secret.db");
        create(secret, "CREATE TABLE IF NOT EXISTS a (b)");
        Path link = folder.resolve("link.db");
        if (Files.notExists(link)) {
            Files.createSymbolicLink(link, secret);
        }

        assertThatThrownBy(() -> source().check(new FileAddress(Provider.SQLITE, path)))
                .extracting("code")
                .isIn("file_not_allowed", "file_missing", "invalid_path");
        assertThatThrownBy(() -> source().check(new FileAddress(Provider.SQLITE, secret.toString())))
                .extracting("code")
                .isEqualTo("file_not_allowed");
    }

    @Test
    void anotherDatabaseCannotBeReached() {
        assertThat(failure("attach '" + outside.resolve("secret.db") + "' as other", ALL)
                        .code())
                .isEqualTo("query_writes");
        assertThat(failure("select load_extension('x')", ALL).sentence()).contains("not authorized");
        assertThat(failure("select writefile('x', 'y')", ALL).code()).isEqualTo("query_failed");
    }

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("text.db"), "This is no database, although it is long enough to be one.".repeat(30));

        assertThatThrownBy(() -> source().check(new FileAddress(Provider.SQLITE, "text.db")))
                .hasMessage("The file is no SQLite database.");
    }

    @Test
    void withoutASettingNoFileIsRead() {
        assertThatThrownBy(() -> new SqliteSource(new FilesFolder(null)).check(address()))
                .extracting("code")
                .isEqualTo("files_folder_not_set");
    }
}
