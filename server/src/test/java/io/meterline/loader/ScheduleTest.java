package io.meterline.loader;

import static io.meterline.loader.LoaderFixture.LIVE;
import static io.meterline.loader.LoaderFixture.error;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.control.PageRequest;
import io.meterline.event.Timestamps;
import io.meterline.ingest.ExcessDigits;
import io.meterline.loader.source.Provider;
import io.meterline.loader.source.RowLimits;
import io.meterline.loader.source.ServerAddress;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.TlsMode;
import io.meterline.testing.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loaders that run by themselves, on a clock that the test moves. */
final class ScheduleTest {

    private static final String ONE_ROW = "SELECT 1 AS id, 'a' AS \"customerId\", timestamp '2026-01-01' AS timestamp";
    private static final String SLOW =
            "SELECT g AS id, 'a' AS \"customerId\", timestamp '2026-01-01' AS timestamp, pg_sleep(0.01)::text AS slept"
                    + " FROM generate_series(1, 100000) g";

    @TempDir
    private Path folder = Path.of("");

    private LoaderFixture fixture;

    @BeforeEach
    void open() {
        fixture = new LoaderFixture(folder);
        fixture.loaders.recover();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aLoaderRunsWhenItsTimeComes() {
        Loader loader = fixture.load(draft(ONE_ROW, "PT1H"));
        long due = requireNonNull(schedule(loader).nextRunAtMicros());

        fixture.clock.advance(Duration.ofHours(1));

        awaitRuns(loader, 2);
        assertThat(schedule(loader).nextRunAtMicros())
                .isEqualTo(due + Duration.ofHours(1).toNanos() / 1_000);
        fixture.clock.advance(Duration.ofHours(1));
        awaitRuns(loader, 3);
    }

    @Test
    void missedRunsAreOneAlsoAfterARestart() {
        Loader loader = fixture.load(draft(ONE_ROW, "*/5 * * * *"));
        fixture.loaders.close();
        fixture.clock.advance(Duration.ofDays(3));

        fixture.restart();

        awaitRuns(loader, 2);
        assertThat(Timestamps.instant(requireNonNull(schedule(loader).nextRunAtMicros())))
                .isBetween(fixture.clock.instant(), fixture.clock.instant().plus(Duration.ofMinutes(6)));
        Loader other = fixture.load(draft(ONE_ROW, "PT5M"));
        fixture.clock.advance(Duration.ofMinutes(5));
        awaitRuns(other, 2);
        assertThat(runs(loader)).hasSizeLessThan(4);
    }

    @Test
    void aLoaderThatIsDueAndDoesNotStartIsBehindButNotForTheTimeBeforeTheServerStarted() {
        fixture.load(draft(ONE_ROW, "PT1H"));
        LoaderFigures before = fixture.loaders.figures();
        assertThat(before.behindMicros()).isZero();
        assertThat(before.succeeded()).isEqualTo(1);
        assertThat(before.rowsRead()).isEqualTo(1);

        fixture.loaders.close();
        fixture.clock.advance(Duration.ofHours(3));
        assertThat(Duration.ofNanos(fixture.loaders.figures().behindMicros() * 1_000))
                .isBetween(Duration.ofHours(2), Duration.ofHours(3));

        fixture.restart();
        assertThat(fixture.loaders.figures().behindMicros()).isZero();
    }

    @Test
    void aRunThatIsStillGoingIsNotStartedTwice() {
        Loader loader = fixture.loaders.create(LIVE, draft(SLOW, "PT5M")).loader();
        await().until(() -> fixture.peek(loader).state() instanceof RunState.Running);
        Loader other = fixture.load(draft(ONE_ROW, "PT5M"));
        long due = requireNonNull(schedule(loader).nextRunAtMicros());

        fixture.clock.advance(Duration.ofMinutes(5));

        awaitRuns(other, 2);
        await().until(() -> requireNonNull(schedule(loader).nextRunAtMicros()) > due);
        assertThat(runs(loader)).hasSize(1);
        fixture.loaders.cancel(LIVE, loader.id(), fixture.peek(loader).id());
        assertThat(fixture.lastRun(loader).state()).isInstanceOf(RunState.Cancelled.class);
    }

    @Test
    void aPausedLoaderRunsByHandOnly() {
        Loader loader = fixture.load(draft(ONE_ROW, "PT5M"));
        Loader other = fixture.load(draft(ONE_ROW, "PT5M"));
        assertThat(fixture.loaders.pause(LIVE, loader.id()).schedule().isPaused())
                .isTrue();
        fixture.restart();

        fixture.clock.advance(Duration.ofHours(1));
        awaitRuns(other, 2);
        assertThat(runs(loader)).hasSize(1);
        fixture.runAgain(loader);
        assertThat(runs(loader)).hasSize(2);

        fixture.loaders.resume(LIVE, loader.id());
        assertThat(runs(loader)).hasSize(2);
        fixture.clock.advance(Duration.ofMinutes(5));
        awaitRuns(loader, 3);
    }

    @Test
    void whatMayPassIsTriedAgainALittleLaterEachTimeUntilItSucceeds() {
        try (TcpProxy proxy = TcpProxy.to(fixture.server.port())) {
            Loader loader = fixture.load(draft(ONE_ROW, "PT24H", proxy.port()));
            long regular = requireNonNull(schedule(loader).nextRunAtMicros());
            proxy.refuse();

            for (int attempt = 1; attempt <= 6; attempt++) {
                if (attempt == 1) {
                    fixture.loaders.run(LIVE, loader.id(), false);
                }
                awaitRuns(loader, 1 + attempt);
                assertThat(requireNonNull(error(fixture.peek(loader))).code()).isEqualTo("connection_refused");
                assertThat(fixture.peek(loader).attempt()).isEqualTo(attempt);
                LoaderSchedule schedule = schedule(loader);
                if (attempt < 6) {
                    long wait = Duration.ofSeconds(30)
                                    .multipliedBy(1L << (attempt - 1))
                                    .toNanos()
                            / 1_000;
                    assertThat(schedule.nextRunAtMicros()).isEqualTo(Timestamps.micros(fixture.clock.instant()) + wait);
                    assertThat(schedule.isFailing()).isFalse();
                    fixture.clock.advance(Duration.ofSeconds(30).multipliedBy(1L << (attempt - 1)));
                } else {
                    assertThat(schedule.nextRunAtMicros()).isEqualTo(regular);
                    assertThat(schedule.isFailing()).isTrue();
                }
            }
            LoaderDraft reachable = draft(ONE_ROW, "PT24H");
            fixture.loaders.update(LIVE, loader.id(), reachable, true);
            assertThat(fixture.lastRun(loader).state()).isInstanceOf(RunState.Succeeded.class);
            assertThat(schedule(loader).isFailing()).isFalse();
            assertThat(schedule(loader).failedAttempts()).isZero();
        }
    }

    @Test
    void whatAPersonMustChangeIsNotTriedAgain() {
        Loader loader = fixture.load(draft("SELECT nope", "PT24H"));
        long regular = requireNonNull(schedule(loader).nextRunAtMicros());

        assertThat(schedule(loader).isFailing()).isTrue();
        assertThat(schedule(loader).nextRunAtMicros()).isEqualTo(regular);
        assertThat(runs(loader)).hasSize(1);
    }

    @Test
    void aRunThatTheServerLeftIsDoneAgainAtTheNextStart() {
        Loader loader = fixture.loaders.create(LIVE, draft(SLOW, "manual")).loader();
        await().until(() -> fixture.peek(loader).state() instanceof RunState.Running);

        fixture.restart();

        await().until(() -> runs(loader).size() == 2 && fixture.peek(loader).state() instanceof RunState.Running);
        assertThat(fixture.peek(loader).attempt()).isEqualTo(2);
        assertThat(requireNonNull(error(runs(loader).getLast())).code()).isEqualTo("interrupted");
    }

    @Test
    void aCancelledRunStopsTheQueryAtTheSource() {
        Loader loader = fixture.loaders
                .create(
                        LIVE,
                        draft("SELECT 1 AS id, 'a' AS \"customerId\", now() AS timestamp FROM pg_sleep(600)", "PT1H"))
                .loader();
        await().until(() -> sleeping() == 1);

        fixture.loaders.cancel(LIVE, loader.id(), fixture.peek(loader).id());

        assertThat(fixture.lastRun(loader).state()).isInstanceOf(RunState.Cancelled.class);
        await().atMost(Duration.ofSeconds(5)).until(() -> sleeping() == 0);
        assertThat(schedule(loader).failedAttempts()).isZero();
    }

    @Test
    void aRunOnASilentSourceIsCancelledToo() {
        try (TcpProxy proxy = TcpProxy.to(fixture.server.port())) {
            Loader loader = fixture.load(draft(ONE_ROW, "PT1H", proxy.port()));
            proxy.fallSilent();
            fixture.loaders.run(LIVE, loader.id(), false);
            await().until(() -> fixture.peek(loader).state() instanceof RunState.Running && proxy.openSockets() > 0);

            fixture.loaders.cancel(LIVE, loader.id(), fixture.peek(loader).id());

            assertThat(fixture.lastRun(loader).state()).isInstanceOf(RunState.Cancelled.class);
        }
    }

    @Test
    void aSilentSourceDelaysNoOther() {
        try (TcpProxy proxy = TcpProxy.to(fixture.server.port())) {
            List<Loader> silent = java.util.stream.IntStream.range(0, 3)
                    .mapToObj(_ -> fixture.load(draft(ONE_ROW, "PT5M", proxy.port())))
                    .toList();
            String connection = fixture.connection().id();
            List<Loader> healthy = java.util.stream.IntStream.range(0, 17)
                    .mapToObj(_ -> fixture.load(draft(ONE_ROW, "PT5M", connection)))
                    .toList();
            proxy.fallSilent();

            fixture.clock.advance(Duration.ofMinutes(5));

            await().atMost(Duration.ofSeconds(9))
                    .until(() -> healthy.stream().allMatch(loader -> succeeded(loader) >= 2));
            assertThat(silent)
                    .noneMatch(loader -> fixture.peek(loader).state() instanceof RunState.Ended
                            && runs(loader).size() > 1);
            proxy.speakAgain();
        }
    }

    private long succeeded(Loader loader) {
        return runs(loader).stream()
                .filter(run -> run.state() instanceof RunState.Succeeded)
                .count();
    }

    private int sleeping() {
        return Integer.parseInt(Objects.requireNonNull(fixture.server.query(
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY%pg_sleep(600)%' AND state = 'active'")));
    }

    private void awaitRuns(Loader loader, int count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        runs(loader).size() == count && fixture.peek(loader).state() instanceof RunState.Ended);
    }

    private List<Run> runs(Loader loader) {
        return fixture.loaders.runs(LIVE, loader.id(), PageRequest.FIRST).data();
    }

    private LoaderSchedule schedule(Loader loader) {
        return fixture.loaders.get(LIVE, loader.id()).schedule();
    }

    private LoaderDraft draft(String query, String refresh) {
        return draft(query, refresh, fixture.connection().id());
    }

    private LoaderDraft draft(String query, String refresh, int port) {
        SourceAddress address = new ServerAddress(
                Provider.POSTGRES, "localhost", port, "postgres", "postgres", "postgres", TlsMode.PREFER);
        return draft(
                query,
                refresh,
                fixture.connections.create(LIVE, "proxy", address).id());
    }

    private static LoaderDraft draft(String query, String refresh, @Nullable String connection) {
        return new LoaderDraft(
                "orders",
                Objects.requireNonNull(connection),
                "orders",
                query,
                Refresh.parse(refresh),
                null,
                LoaderDraft.Identity.ID_AND_CUSTOMER,
                LoaderDraft.ExcessProperties.FAIL,
                ExcessDigits.ROUND,
                RowLimits.NONE);
    }
}
