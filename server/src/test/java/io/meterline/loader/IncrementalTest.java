package io.meterline.loader;

import static io.meterline.loader.LoaderFixture.LIVE;
import static io.meterline.loader.LoaderFixture.error;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.RuleException;
import io.meterline.ingest.ExcessDigits;
import io.meterline.loader.source.RowLimits;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.TlsMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loaders with a cursor on the real source. */
final class IncrementalTest {

    private static final String BY_TIME =
            "SELECT id, who AS \"customerId\", at AS timestamp, updated_at, n FROM work WHERE updated_at > :cursor";
    private static final String BY_ID =
            "SELECT id, who AS \"customerId\", at AS timestamp, n FROM work WHERE id > :cursor ORDER BY id DESC";

    @TempDir
    private Path folder = Path.of("");

    private LoaderFixture fixture;

    @BeforeEach
    void createTable() {
        fixture = new LoaderFixture(folder);
        fixture.server.execute("""
                DROP TABLE IF EXISTS work;
                CREATE TABLE work (id bigserial PRIMARY KEY, who text, at timestamptz DEFAULT '2026-01-01',
                    updated_at timestamptz DEFAULT now(), n int);
                INSERT INTO work (who, updated_at, n) SELECT 'c' || g % 5, timestamptz '2026-02-01' + g * interval '1 hour', g
                    FROM generate_series(1, 1000) g;
                GRANT SELECT ON work TO reader
                """);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void laterRunsReadOnlyWhatIsNew() {
        Loader loader = fixture.load(draft(BY_TIME, new CursorRule("updated_at", null, null, null)));
        Run first = fixture.peek(loader);
        assertThat(first.counts().read()).isEqualTo(1_000);
        assertThat(first.scope().cursorBefore()).isNull();
        assertThat(first.scope().cursorAfter()).isEqualTo("2026-03-14T16:00:00Z");

        assertThat(fixture.runAgain(loader).counts().read()).as("the overlap").isEqualTo(1);
        fixture.server.execute(
                "INSERT INTO work (who, n) VALUES ('new', 1); UPDATE work SET n = n + 1, updated_at = now()"
                        + " WHERE id <= 10");
        Run third = fixture.runAgain(loader);

        assertThat(third.counts().read()).isEqualTo(12);
        assertThat(third.counts().created()).isEqualTo(1);
        assertThat(third.counts().corrected()).isEqualTo(10);
        assertThat(third.scope().cursorBefore()).isEqualTo("2026-03-14T15:50:00Z");
        assertThat(third.scope().estimatedRows()).isNotNull();
    }

    @Test
    void idsAreFollowedInAnyOrderOfRows() {
        Loader loader = fixture.load(draft(BY_ID, new CursorRule("id", "990", null, null)));
        assertThat(fixture.peek(loader).counts().read()).isEqualTo(10);
        assertThat(fixture.peek(loader).scope().cursorAfter()).isEqualTo("1000");

        fixture.server.execute("INSERT INTO work (who, n) VALUES ('new', 1)");

        assertThat(fixture.runAgain(loader).counts().read()).isEqualTo(1);
    }

    @Test
    void aFailedOrCancelledRunLeavesTheCursorAsItWas() {
        Loader loader = fixture.load(draft(
                BY_ID.replace("n FROM", "1 / (n - 1005) AS n FROM").replace("DESC", ""),
                new CursorRule("id", null, null, null)));
        assertThat(fixture.peek(loader).scope().cursorAfter()).isEqualTo("1000");
        fixture.server.execute("INSERT INTO work (who, n) SELECT 'new', g FROM generate_series(1001, 3000) g");

        Run failed = fixture.runAgain(loader);

        assertThat(requireNonNull(error(failed)).code()).isEqualTo("query_failed");
        assertThat(failed.scope().cursorBefore()).isEqualTo("1000");
        assertThat(failed.scope().cursorAfter()).isNull();
        assertThat(cursor(loader)).isEqualTo("1000");
        fixture.server.execute("UPDATE work SET n = 0 WHERE n = 1005");
        assertThat(fixture.runAgain(loader).counts().read()).isEqualTo(2_000);
        assertThat(cursor(loader)).isEqualTo("3000");
    }

    @ParameterizedTest
    @CsvSource({"postgres, BY_TIME", "reader, BY_TIME", "postgres, BY_ID", "reader, BY_ID"})
    void rowsOfATransactionThatCommitsLateArrive(String user, String by) throws SQLException {
        SourceAddress address = fixture.server.address("postgres", user, "s3cret", TlsMode.PREFER);
        boolean byTime = by.equals("BY_TIME");
        Loader loader = fixture.load(draft(
                byTime ? BY_TIME : BY_ID,
                new CursorRule(byTime ? "updated_at" : "id", null, byTime ? "PT0S" : null, null),
                fixture.connections.create(LIVE, user, address).id()));

        try (Connection late = connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO work (who, n) VALUES ('late', 1)");
            for (int i = 0; i < 3; i++) {
                fixture.server.execute("INSERT INTO work (who, n) VALUES ('early', 1)");
                fixture.runAgain(loader);
            }
            assertThat(fixture.events())
                    .noneMatch(stored -> stored.event().recordId().equals("1001"));
            late.commit();
        }
        fixture.runAgain(loader);

        assertThat(fixture.store
                        .list(LIVE, io.meterline.store.EventQuery.all(2_000))
                        .events())
                .hasSize(1_004)
                .anyMatch(stored -> stored.event().recordId().equals("1001"));
        fixture.runAgain(loader);
        if (!byTime) {
            assertThat(fixture.runAgain(loader).counts().read()).isZero();
        }
    }

    @Test
    void theCursorIsResetAndMoved() {
        Loader loader = fixture.load(draft(BY_ID, new CursorRule("id", null, null, null)));

        fixture.loaders.moveCursor(LIVE, loader.id(), "900");
        assertThat(fixture.runAgain(loader).counts().read()).isEqualTo(100);
        fixture.loaders.moveCursor(LIVE, loader.id(), null);
        assertThat(fixture.runAgain(loader).counts().read()).isEqualTo(1_000);
        assertThatThrownBy(() -> fixture.loaders.moveCursor(LIVE, loader.id(), "x"))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("invalid_cursor"));
    }

    @Test
    void anotherQueryForgetsTheCursorAfterAsking() {
        Loader loader = fixture.load(draft(BY_ID, new CursorRule("id", null, null, null)));
        LoaderDraft other = draft(
                BY_ID.replace("DESC", ""),
                new CursorRule("id", null, null, null),
                loader.draft().connectionId());

        assertThatThrownBy(() -> fixture.loaders.update(LIVE, loader.id(), other, false))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("cursor_would_reset"));
        fixture.loaders.update(LIVE, loader.id(), other, true);

        assertThat(fixture.lastRun(loader).counts().read()).isEqualTo(1_000);
        LoaderDraft renamed = new LoaderDraft(
                "renamed",
                other.connectionId(),
                other.eventType(),
                other.query(),
                other.refresh(),
                new CursorRule("id", null, "5", null),
                other.identity(),
                other.excessProperties(),
                other.excessDigits(),
                RowLimits.NONE);
        fixture.loaders.update(LIVE, loader.id(), renamed, false);
        assertThat(fixture.lastRun(loader).counts().read()).isEqualTo(5);
    }

    @Test
    void everythingIsReadAgainWhenAskedForAndWhenItIsTime() {
        Loader loader = fixture.load(draft(BY_ID, new CursorRule("id", null, null, Duration.ofDays(7))));
        assertThat(fixture.runAgain(loader).counts().read()).isZero();

        fixture.clock.advance(Duration.ofDays(7));
        assertThat(fixture.runAgain(loader).counts().read()).isEqualTo(1_000);
        assertThat(fixture.runAgain(loader).counts().read()).isZero();
        fixture.loaders.run(LIVE, loader.id(), true);

        assertThat(fixture.lastRun(loader).counts().unchanged()).isEqualTo(1_000);
        assertThat(cursor(loader)).isEqualTo("1000");
    }

    @Test
    void thePatternOfTheDocumentsWorksAsItStandsAndAGapIsSaid() {
        fixture.server.execute("UPDATE work SET updated_at = now() WHERE id <= 3");
        Loader loader = fixture.load(
                "SELECT id, who AS \"customerId\", at AS timestamp, n FROM work WHERE (updated_at + interval '60 minutes') > NOW()");
        assertThat(fixture.peek(loader).counts().read()).isEqualTo(3);
        assertThat(fixture.peek(loader).scope().gapPossible()).isFalse();
        assertThat(fixture.runAgain(loader).scope().gapPossible()).isFalse();

        // The last success is two hours ago.
        fixture.database.write(
                handle -> handle.execute("UPDATE loader_cursors SET last_run_at = last_run_at - 7200000000"));
        assertThat(fixture.runAgain(loader).scope().gapPossible()).isTrue();
        fixture.loaders.run(LIVE, loader.id(), true);
        Run full = fixture.lastRun(loader);

        assertThat(full.counts().read()).isEqualTo(1_000);
        assertThat(full.scope().gapPossible()).isFalse();
    }

    @Test
    void lastRunAndNowAreTheSourcesTimes() {
        Loader loader = fixture.load(
                "SELECT id, who AS \"customerId\", at AS timestamp, n FROM work WHERE updated_at > :last_run AND updated_at <= :now");
        assertThat(fixture.peek(loader).counts().read()).isEqualTo(1_000);

        fixture.server.execute("INSERT INTO work (who, n) VALUES ('new', 1)");

        assertThat(fixture.runAgain(loader).counts().read()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"nope, cursor_column_missing", "tags, cursor_column_type"})
    void aColumnThatNoCursorCanFollowFailsTheRun(String column, String code) {
        Loader loader = fixture.load(draft(
                "SELECT id, who AS \"customerId\", at AS timestamp, array[1] AS tags FROM work WHERE id > :cursor",
                new CursorRule(column, null, null, null)));

        assertThat(requireNonNull(error(fixture.peek(loader))).code()).isEqualTo(code);
    }

    private @Nullable String cursor(Loader loader) {
        return fixture.loaders.get(LIVE, loader.id()).cursor();
    }

    private LoaderDraft draft(String query, CursorRule cursor) {
        return draft(query, cursor, fixture.connection().id());
    }

    private static LoaderDraft draft(String query, CursorRule cursor, String connection) {
        return new LoaderDraft(
                "work",
                connection,
                "orders",
                query,
                new Refresh.Manual(),
                cursor,
                LoaderDraft.Identity.ID_AND_CUSTOMER,
                LoaderDraft.ExcessProperties.FAIL,
                ExcessDigits.ROUND,
                RowLimits.NONE);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + fixture.server.port() + "/postgres", "postgres", "");
    }
}
