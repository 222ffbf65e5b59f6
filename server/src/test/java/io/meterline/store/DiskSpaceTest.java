package io.meterline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskSpaceTest {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-05T00:00:00Z"));
    private final AtomicLong free = new AtomicLong(1_000);
    private final AtomicInteger looks = new AtomicInteger();
    private final DiskSpace disk = new DiskSpace(
            () -> {
                looks.incrementAndGet();
                if (free.get() < 0) {
                    throw new IOException("gone");
                }
                return free.get();
            },
            400,
            clock);

    private void leave(long bytes) {
        free.set(bytes);
        clock.advance(Duration.ofSeconds(1));
    }

    @Test
    void nothingIsTakenBelowTheReserveUntilThereIsRoomAgain() {
        assertThatCode(disk::require).doesNotThrowAnyException();
        leave(400);
        assertThatCode(disk::require).doesNotThrowAnyException();
        leave(399);
        assertThatThrownBy(disk::require)
                .isInstanceOfSatisfying(
                        OverloadedException.class,
                        e -> assertThat(e.reason()).isEqualTo(OverloadedException.Reason.DISK_FULL));
        assertThat(disk.isVeryLow()).isFalse();
        leave(99);
        assertThat(disk.isVeryLow()).isTrue();
        leave(400);
        assertThatCode(disk::require).doesNotThrowAnyException();
    }

    @Test
    void theDiskIsNotAskedForEveryRequest() {
        for (int i = 0; i < 1_000; i++) {
            disk.require();
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void aDiskThatDoesNotAnswerIsTakenToBeAsItWas() {
        disk.require();
        leave(-1);
        assertThat(disk.freeBytes()).isEqualTo(1_000);
    }

    @Test
    void aFailedWriteIsTheDisksDoingWhenItSaysSoOrHasNoRoom() {
        free.set(10 << 20);
        assertThat(disk.explains(new IOException("No space left on device"))).isTrue();
        assertThat(disk.explains(new IOException("Input/output error"))).isFalse();
        free.set(0);
        assertThat(disk.explains(new IOException("Auf dem Gerät ist kein Speicherplatz mehr verfügbar")))
                .isTrue();
    }

    @Test
    void aRealDiskHasARoom(@TempDir Path folder) throws IOException {
        assertThat(DiskSpace.of(folder, 0, InstantSource.system()).freeBytes()).isPositive();
    }
}
