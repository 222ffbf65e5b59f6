package io.meterline.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meterline.control.ControlDatabase;
import io.meterline.control.SettableClock;
import io.meterline.event.Timestamps;
import io.meterline.loader.Alarms.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alarms whose times cannot be read, or that fail to ring: tried again, more and more seldom. */
final class AlarmsTest {

    private static final Patience SHORT = new Patience(Duration.ofMillis(1), Duration.ofMillis(4), 6);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger rung = new AtomicInteger();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T00:00:00Z"));
    private volatile int failing;
    private volatile long due;

    @TempDir
    private Path folder = Path.of("");

    private ControlDatabase database;
    private Alarms alarms;

    private final class Times implements Alarms.Times {
        @Override
        public void ring(String loaderId) {
            rung.incrementAndGet();
        }

        @Override
        public @Nullable Long dueAt(String loaderId) {
            if (asked.incrementAndGet() <= failing) {
                throw new IllegalStateException("the database is away");
            }
            return rung.get() > 0 ? null : due;
        }
    }

    @BeforeEach
    void start() {
        database = ControlDatabase.open(folder, 1, 10);
        alarms = new Alarms(database.scheduling(), clock, new Times(), SHORT);
        alarms.start();
    }

    @AfterEach
    void stop() {
        alarms.close();
        database.close();
    }

    @Test
    void anAlarmThatCannotBeSetAtFirstRingsAllTheSame() {
        failing = 4;

        alarms.set("ldr_1");

        await().untilAsserted(() -> assertThat(rung).hasValue(1));
    }

    @Test
    void settingItIsGivenUpAfterSoManyTriesAndBegunAgainWhenItsTimeChanges() {
        failing = 6;
        alarms.set("ldr_1");
        await().until(() -> asked.get() == 6);
        await().during(Duration.ofMillis(100)).until(() -> asked.get() == 6);

        alarms.set("ldr_1");

        await().untilAsserted(() -> assertThat(rung).hasValue(1));
    }

    @Test
    void anAlarmRingsThoughTheClockStopsRightAfterItsTime() {
        due = Timestamps.micros(clock.instant().plusMillis(400));
        alarms.set("ldr_1");
        await().during(Duration.ofMillis(300)).until(() -> rung.get() == 0);

        clock.advance(Duration.ofMillis(450));

        await().untilAsserted(() -> assertThat(rung).hasValue(1));
    }

    @Test
    void theWaitsDoubleUpToTheLongest() {
        assertThat(SHORT.after(1)).hasMillis(1);
        assertThat(SHORT.after(2)).hasMillis(2);
        assertThat(SHORT.after(4)).hasMillis(4);
        assertThat(SHORT.after(1_000)).hasMillis(4);
    }
}
