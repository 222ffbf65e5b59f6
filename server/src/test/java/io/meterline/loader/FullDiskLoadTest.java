package io.meterline.loader;

import static io.meterline.loader.LoaderFixture.LIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.ingest.ExcessDigits;
import io.meterline.loader.source.RowLimits;
import io.meterline.store.Measure;
import io.meterline.store.duckdb.FullDiskStore;
import io.meterline.store.log.SmallDisk;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of this server is full while a run stores its rows. */
final class FullDiskLoadTest {

    private static final long RESERVE = 1_000_000;

    private final SmallDisk segments = new SmallDisk();
    private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong ticks = new AtomicLong(1_800_000_000);
    // A second passes between any two looks at the disk.
    private final InstantSource clock = () -> Instant.ofEpochSecond(ticks.incrementAndGet());

    @TempDir
    private Path folder = Path.of("");

    private LoaderFixture fixture;
    private Loader loader;

    @BeforeEach
    void pullTheFirstRows() {
        fixture = new LoaderFixture(
                folder, FullDiskStore.open(folder.resolve("events"), clock, free::get, RESERVE, segments));
        fixture.server.execute("DROP TABLE IF EXISTS filling; CREATE TABLE filling (n int);"
                + "INSERT INTO filling SELECT generate_series(1, 100)");
        String query = "select n as id, 'a' as \"customerId\", timestamptz '2026-01-01' as timestamp, n,"
                + " repeat('x', 200) as filler from filling where n > :cursor order by n";
        loader = fixture.load(new LoaderDraft(
                "filling",
                fixture.connection().id(),
                "orders",
                query,
                new Refresh.Manual(),
                new CursorRule("n", null, null, null),
                LoaderDraft.Identity.ID_AND_CUSTOMER,
                LoaderDraft.ExcessProperties.FAIL,
                ExcessDigits.ROUND,
                RowLimits.NONE));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aDiskThatFillsUpInTheMiddleFailsTheRunAndLeavesTheCursor() {
        fixture.server.execute("INSERT INTO filling SELECT generate_series(101, 5000)");
        segments.room(300_000);

        assertFailsAndGoesOn(() -> segments.room(Long.MAX_VALUE));
    }

    @Test
    void aDiskBelowItsReserveFailsTheRunAndLeavesTheCursor() {
        fixture.server.execute("INSERT INTO filling SELECT generate_series(101, 5000)");
        free.set(RESERVE - 1);

        assertFailsAndGoesOn(() -> free.set(Long.MAX_VALUE));
    }

    private void assertFailsAndGoesOn(Runnable makeRoom) {
        Run failed = fixture.runAgain(loader);

        assertThat(LoaderFixture.error(failed))
                .isEqualTo(new RunState.RunError(
                        "disk_full",
                        "The server's disk is full. What came before is stored; run again when there is room."));
        assertThat(cursor()).isEqualTo("100");
        assertThat(fixture.loaders.get(LIVE, loader.id()).schedule().failedAttempts())
                .isEqualTo(1);

        makeRoom.run();
        assertThat(LoaderFixture.error(fixture.runAgain(loader))).isNull();
        assertThat(cursor()).isEqualTo("5000");
        assertThat(fixture.usage(new Measure.Count()).total().events()).isEqualTo(5_000);
    }

    private String cursor() {
        return String.valueOf(fixture.loaders.get(LIVE, loader.id()).cursor());
    }
}
