package io.meterline.loader;

import static io.meterline.loader.LoaderFixture.LIVE;
import static io.meterline.loader.LoaderFixture.error;
import static io.meterline.loader.LoaderFixture.properties;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.PageRequest;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import io.meterline.loader.source.RowLimits;
import io.meterline.store.Measure;
import io.meterline.store.StoredEvent;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** What a run makes of the rows of its source. */
final class LoaderRowsTest extends OrdersSource {

    @Test
    void savingALoaderRunsItAndFiguresEqualTheSource() {
        Loader loader = fixture.load(QUERY);

        Run run = fixture.lastRun(loader);
        assertThat(run.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(run.counts()).isEqualTo(new RunCounts(2_500, 0, 2_500, 0, 0, 0, 0, 0, 7));
        assertThat(fixture.usage(new Measure.Count()).total().events()).isEqualTo(2_500);
        assertThat(fixture.usage(new Measure.Sum("amount")).total().value())
                .isEqualByComparingTo(source("SELECT sum(amount) FROM orders"));
        assertThat(fixture.database.<String>read(
                        handle -> handle.createQuery("SELECT name FROM customers WHERE external_id = 'company-3'")
                                .mapTo(String.class)
                                .one()))
                .isEqualTo("Company 3");
    }

    @Test
    void aRowBecomesAnEvent() {
        fixture.server.execute("DELETE FROM orders WHERE id <> 485");

        fixture.load(QUERY);

        StoredEvent stored = fixture.events().getFirst();
        assertThat(stored.event().source()).isEqualTo(Source.LOADER);
        assertThat(stored.event().recordId()).isEqualTo("485");
        assertThat(stored.event().idIsNumber()).isTrue();
        assertThat(stored.event().customer()).isEqualTo(fixture.customer("company-2"));
        assertThat(Timestamps.text(stored.event().timestampMicros())).isEqualTo("2026-01-01T08:05:00Z");
        assertThat(properties(stored))
                .containsOnlyKeys("amount", "region")
                .containsEntry("amount", new PropertyValue.Number(new BigDecimal("664.45")))
                .containsEntry("region", new PropertyValue.Text("r2"));
    }

    @Test
    void aSecondRunChangesNothing() {
        Loader loader = fixture.load(QUERY);

        Run second = fixture.runAgain(loader);

        assertThat(second.counts()).isEqualTo(new RunCounts(2_500, 0, 0, 0, 2_500, 0, 0, 0, 0));
        assertThat(fixture.usage(new Measure.Count()).total().events()).isEqualTo(2_500);
    }

    @Test
    void anUpdateOnTheSourceIsReflectedByTheNextRun() {
        Loader loader = fixture.load(QUERY);
        fixture.server.execute("UPDATE orders SET amount = amount + 0.01 WHERE id <= 40");

        Run second = fixture.runAgain(loader);

        assertThat(second.counts().corrected()).isEqualTo(40);
        assertThat(second.counts().written()).isEqualTo(40);
        assertThat(fixture.usage(new Measure.Sum("amount")).total().value())
                .isEqualByComparingTo(source("SELECT sum(amount) FROM orders"));
    }

    @Test
    void aRowWhoseCustomerChangesStaysWithBothUnlessTheIdAloneIsItsIdentity() {
        fixture.server.execute("DELETE FROM orders WHERE id > 1");
        Loader loader = fixture.load(QUERY);
        fixture.server.execute("UPDATE orders SET company = 'other'");
        fixture.runAgain(loader);
        assertThat(fixture.events()).hasSize(2);

        fixture.loaders.delete(LIVE, loader.id(), true);
        assertThat(fixture.events()).isEmpty();
        Loader byId = fixture.load(fixture.draft(QUERY, LoaderDraft.Identity.ID));
        fixture.server.execute("UPDATE orders SET company = 'third'");
        fixture.runAgain(byId);

        assertThat(fixture.events())
                .singleElement()
                .extracting(stored -> stored.event().customer())
                .isEqualTo(fixture.customer("third"));
    }

    @Test
    void aRepeatedIdIsCountedAndTheLastRowWins() {
        fixture.load(
                "SELECT 1 AS id, 'a' AS \"customerId\", timestamp '2026-01-01' AS timestamp, n FROM generate_series(1, 3) n");

        Loader loader =
                fixture.loaders.list(LIVE, PageRequest.FIRST).data().getFirst().loader();
        assertThat(fixture.lastRun(loader).counts().repeated()).isEqualTo(2);
        assertThat(properties(fixture.events().getFirst()))
                .containsEntry("n", new PropertyValue.Number(BigDecimal.valueOf(3)));
    }

    @Test
    void badRowsAreSetAsideWithTheirReason() {
        Loader loader = fixture.load("""
                SELECT * FROM (VALUES
                    ('1', 'a', '2026-01-01T00:00:00Z', 1::numeric),
                    (NULL, 'a', '2026-01-01T00:00:00Z', 1),
                    ('3', NULL, '2026-01-01T00:00:00Z', 1),
                    ('4', 'a', NULL, 1),
                    ('5', 'a', 'ACTIVE_DATE', 1),
                    ('6', 'a', '2036-01-01T00:00:00Z', 1),
                    ('7', 'a', '2026-01-01T00:00:00Z', 'NaN'),
                    ('8', 'a', '2026-01-01T00:00:00Z', 1e20),
                    ('', 'a', '2026-01-01T00:00:00Z', 1),
                    ('10', ' ', '2026-01-01T00:00:00Z', 1),
                    ('11', 'cus_aaaaaaaaaaaaaaaaaaaaaaaaaa', '2026-01-01T00:00:00Z', 1),
                    ('12', 'a', '2026-01-01 00:00:00', 0.1234567890123456789)
                ) AS bad (id, "customerId", timestamp, amount)
                """);

        Run run = fixture.lastRun(loader);
        assertThat(run.state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(run.counts().read()).isEqualTo(12);
        assertThat(run.counts().rounded()).isEqualTo(1);
        assertThat(fixture.rejections())
                .extracting(row -> row.path() + " " + row.code())
                .containsExactly(
                        "id missing_field",
                        "customerId missing_field",
                        "timestamp missing_field",
                        "timestamp invalid_timestamp",
                        "timestamp timestamp_in_future",
                        "amount not_a_number",
                        "amount number_too_large",
                        "id invalid_record_id",
                        "customerId invalid_customer_id",
                        "customerId unknown_customer");
        assertThat(fixture.rejections().get(3).raw()).contains("\"timestamp\":\"ACTIVE_DATE\"");
        assertThat(run.counts().setAside()).isEqualTo(10);
        assertThat(fixture.events()).hasSize(2);
    }

    @Test
    void tooManyBadRowsFailTheRun() {
        fixture.server.execute("UPDATE orders SET company = NULL WHERE id % 5 = 0");

        Run run = fixture.lastRun(fixture.load(QUERY));

        assertThat(requireNonNull(error(run)).code()).isEqualTo("too_many_bad_rows");
        assertThat(run.counts().setAside()).isPositive();
        assertThat(run.counts().created())
                .isEqualTo(run.counts().read() - run.counts().setAside());
    }

    @Test
    void aFailingQueryFailsTheRunWithItsReason() {
        Run run = fixture.lastRun(fixture.load("SELECT nope FROM orders"));

        assertThat(requireNonNull(error(run)).code()).isEqualTo("unknown_column");
        assertThat(requireNonNull(error(run)).message()).contains("line 1, column 8");
    }

    @Test
    void aFailureHalfwayKeepsWhatWasRead() {
        Run run = fixture.lastRun(fixture.load("""
                SELECT id, company AS "customerId", created_at AS timestamp, 1 / (2000 - id) AS share
                FROM orders
                """));

        assertThat(requireNonNull(error(run)).code()).isEqualTo("query_failed");
        assertThat(run.counts().created()).isEqualTo(fixture.events().size() == 1_000 ? 1_500 : -1);
    }

    @Test
    void missingColumnsFailTheRunWithAHint() {
        Run run =
                fixture.lastRun(fixture.load("SELECT id, company AS customerId, created_at AS timestamp FROM orders"));

        assertThat(requireNonNull(error(run)).code()).isEqualTo("invalid_columns");
        assertThat(requireNonNull(error(run)).message()).contains("Write: … as \"customerId\"");
    }

    @Test
    void aLaterRunHasAGreaterLoadNumber() {
        Loader loader = fixture.load(QUERY);
        long first = fixture.events().getFirst().event().version();
        fixture.server.execute("UPDATE orders SET amount = 0");

        fixture.runAgain(loader);

        assertThat(fixture.events().getFirst().event().version()).isGreaterThan(first);
    }

    @Test
    void moreThan25PropertiesFailOrAreCut() {
        StringBuilder columns =
                new StringBuilder("SELECT 1 AS id, 'a' AS \"customerId\", timestamp '2026-01-01' AS timestamp");
        for (int i = 1; i <= 25; i++) {
            columns.append(", ").append(i).append(" AS p").append(i);
        }
        Loader failing = fixture.load(columns.toString());
        assertThat(requireNonNull(error(fixture.lastRun(failing))).message()).contains("26 properties");

        LoaderDraft draft = failing.draft();
        fixture.load(new LoaderDraft(
                "cut",
                draft.connectionId(),
                draft.eventType(),
                draft.query(),
                draft.refresh(),
                draft.cursor(),
                draft.identity(),
                LoaderDraft.ExcessProperties.KEEP_FIRST,
                draft.excessDigits(),
                RowLimits.NONE));

        assertThat(properties(fixture.events().getFirst()))
                .hasSize(24)
                .containsKey("p24")
                .doesNotContainKey("p25");
    }
}
