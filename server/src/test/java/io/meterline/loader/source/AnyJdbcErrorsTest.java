package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnyJdbcErrorsTest {

    private static final JdbcAddress ADDRESS = new JdbcAddress("jdbc:x://db.example.com/shop?t=t0ken", "u", "s3cret");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42S02 | Table X not found | unknown_table",
                "42000 | ORA-00942: table or view \"X\" does not exist | unknown_table",
                "02000 | SQL compilation error: Object 'X' does not exist or not authorized. | unknown_table",
                "42000 | ORA-00904: \"NOPE\": invalid identifier | unknown_column",
                "42703 | column nope does not exist | unknown_column",
                "42000 | ORA-01031: insufficient privileges | no_rights",
                "42501 | permission denied for relation secrets | no_rights",
                "42601 | syntax error at or near x | syntax_error",
                "25006 | cannot execute DELETE in a read-only transaction | query_writes",
                "08S01 | communication link failure | connection_lost",
                "40001 | serialization failure | source_conflict",
                "HY000 | something else | query_failed",
            })
    void theFailureOfAQueryIsNamedByItsStateOrItsWords(String state, String message, String code) {
        SourceException failure = AnyJdbcErrors.ofQuery(new SQLException(message, state));

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.sentence()).endsWith(".").doesNotContain("..");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "72000 | ORA-01017: invalid username/password; logon denied | authentication_failed",
                "08001 | Incorrect username or password was specified. | authentication_failed",
                "28000 | refused | authentication_failed",
                "3D000 | database shop does not exist | database_missing",
                "HY000 | cannot open jdbc:x://db.example.com/shop?t=t0ken with s3cret | connection_failed",
            })
    void theFailureToConnectIsNamedAndHoldsNoSecret(String state, String message, String code) {
        SourceException failure = AnyJdbcErrors.ofConnecting(new SQLException(message, state), ADDRESS);

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.sentence()).endsWith(".").doesNotContain("s3cret", "t0ken");
    }

    @Test
    void theKindsOfExceptionCountToo() {
        assertThat(AnyJdbcErrors.ofQuery(new SQLTimeoutException("late")).code())
                .isEqualTo("statement_timeout");
        assertThat(AnyJdbcErrors.ofConnecting(new SQLInvalidAuthorizationSpecException("no"), ADDRESS)
                        .code())
                .isEqualTo("authentication_failed");
        assertThat(AnyJdbcErrors.ofConnecting(new NoClassDefFoundError("a/b/C"), ADDRESS))
                .satisfies(e -> assertThat(e.code()).isEqualTo("driver_failed"))
                .satisfies(e -> assertThat(e.sentence()).contains("a/b/C"));
    }
}
