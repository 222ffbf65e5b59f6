package io.meterline.loader;

import static io.meterline.loader.LoaderFixture.LIVE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.PropertyValue;
import io.meterline.event.RuleException;
import io.meterline.loader.source.Column;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreviewsTest {

    @TempDir
    private Path folder = Path.of("");

    private LoaderFixture fixture;
    private String connection;

    @BeforeEach
    void open() {
        fixture = new LoaderFixture(folder);
        connection = fixture.connection().id();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aGoodQueryPassesEveryCheckAndShowsFiveRows() {
        Preview preview = preview("SELECT g AS id, 'a' AS \"customerId\", timestamptz '2026-01-01' AS timestamp,"
                + " g * 1.5 AS amount FROM generate_series(1, 1000) g -- all;");

        assertThat(preview.checks()).allMatch(Check::ok);
        assertThat(preview.checks())
                .extracting(Check::name)
                .containsExactly(
                        "id",
                        "customerId",
                        "timestamp",
                        "column_names",
                        "properties",
                        "column_types",
                        "values",
                        "unique_id",
                        "personal_data",
                        "relative_time");
        assertThat(preview.columns())
                .extracting(Column::name, Column::type)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("timestamp", "timestamptz"),
                        org.assertj.core.groups.Tuple.tuple("amount", "numeric"));
        assertThat(preview.rows()).hasSize(5);
        assertThat(preview.rows().getLast())
                .endsWith(new PropertyValue.Number(new BigDecimal("7.5")))
                .contains(new PropertyValue.Text("2026-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1 AS id, 'a' AS customerId, now() AS timestamp | customerId | Write: … as \"customerId\"",
                "SELECT 1 AS id, 'a' AS customer_id, now() AS timestamp | customerId | customer_id as \"customerId\"",
                "SELECT 1 AS \"ID\", 'a' AS \"customerId\", now() AS timestamp | id | Write: … as \"id\"",
                "SELECT 1 AS id, 'a' AS \"customerId\", now() AS created_at | timestamp | created_at as timestamp",
                "SELECT 1 AS id, 'a' AS \"customerId\", true AS timestamp | timestamp | epoch milliseconds",
                "SELECT 1 AS id, 'a' AS \"customerId\", now() AS timestamp, 2 AS id | column_names | name of its own",
                "SELECT 1 AS id, 'a' AS \"customerId\", now() AS timestamp, '\\x00'::bytea AS b | column_types | encode(b",
                "SELECT 1.5 AS id, 'a' AS \"customerId\", '2026-01-01' AS timestamp | id | integer",
                "SELECT 1 AS id, 'a' AS \"customerId\", 'ACTIVE_DATE' AS timestamp | timestamp | ISO 8601",
                "SELECT 1 AS id, NULL AS \"customerId\", '2026-01-01' AS timestamp | customerId | no customerId",
                "SELECT 1 AS id, 'a' AS \"customerId\", 1767225600 AS timestamp | timestamp | seconds",
                "SELECT 1 AS id, 'a' AS \"customerId\", '2026-01-01' AS timestamp, '{\"a\":1}'::jsonb AS j | values | data->>",
                "SELECT 1 AS id, 'a' AS \"customerId\", '2026-01-01' AS timestamp FROM generate_series(1,2)"
                        + " | unique_id | different in every row",
                "SELECT 1 AS id, g::text AS \"customerId\", '2026-01-01' AS timestamp FROM generate_series(1,2) g"
                        + " | unique_id | identity",
                "SELECT 1 AS id, 'a' AS \"customerId\", '2026-01-01' AS timestamp"
                        + " WHERE timestamptz '2026-01-01' > now() - interval '1 hour' | relative_time | outage",
                "SELECT 1 AS id, 'a' AS \"customerId\", '2026-01-01' AS timestamp, 'l@example.com' AS contact"
                        + " | personal_data | J***",
                "SELECT 1 AS id, 'a' AS \"customerId\", '2026-01-01' AS timestamp"
                        + " WHERE date '2026-01-01' > current_date::timestamp - interval '1 hour' | relative_time | outage",
            })
    void aFailedCheckSaysWhatToChange(String query, String check, String hint) {
        assertThat(preview(query).checks()).filteredOn(each -> !each.ok()).anySatisfy(failed -> {
            assertThat(failed.name()).isEqualTo(check);
            assertThat(requireNonNull(failed.hint())).contains(hint);
        });
    }

    @Test
    void moreThan25PropertiesFail() {
        StringBuilder query = new StringBuilder("SELECT 1 AS id, 'a' AS \"customerId\", now() AS timestamp");
        for (int i = 1; i <= 25; i++) {
            query.append(", ").append(i).append(" AS p").append(i);
        }

        assertThat(preview(query.toString()).checks())
                .anySatisfy(check -> assertThat(check.name() + check.ok()).isEqualTo("propertiesfalse"));
    }

    @Test
    void aTimeInACommentOrStringIsNoWindow() {
        assertThat(preview("SELECT 1 AS id, 'now() - 1' AS \"customerId\", '2026-01-01' AS timestamp -- now() - 1")
                        .ok())
                .isTrue();
    }

    @Test
    void anotherLoaderOfTheTypeIsNamed() {
        String query = "SELECT 1 AS id, 'a' AS \"customerId\", '2026-01-01' AS timestamp";
        fixture.load(query);

        assertThat(fixture.previews
                        .preview(LIVE, connection, query, null, "orders")
                        .checks())
                .anySatisfy(check -> {
                    assertThat(check.name()).isEqualTo("event_type");
                    assertThat(check.ok()).isFalse();
                    assertThat(check.message()).contains("orders");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1 FROM | UNPROCESSABLE | syntax_error",
                "SELECT 1; SELECT 2 | INVALID | multiple_statements",
                "SELECT 1; DROP TABLE a | INVALID | multiple_statements",
                "DROP TABLE a | UNPROCESSABLE | syntax_error",
            })
    void aQueryThatCannotRunIsRefused(String query, RuleException.Kind kind, String code) {
        assertThatThrownBy(() -> preview(query)).isInstanceOfSatisfying(RuleException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.code()).isEqualTo(code);
        });
    }

    private Preview preview(String query) {
        return preview(query, null);
    }

    private Preview preview(String query, @Nullable String eventType) {
        return fixture.previews.preview(LIVE, connection, query, null, eventType);
    }
}
