package io.meterline.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meterline.store.OverloadedException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadsTest {

    @Test
    void readThatFindsTheQueueFullIsRefusedAndTheOthersAreAnswered(@TempDir Path folder) throws Exception {
        AtomicInteger begun = new AtomicInteger();
        try (Database database = Database.open(folder, DuckDbOptions.DEFAULT);
                Reads reads = new Reads(database, new Catalog(), begun::incrementAndGet, 1, 1, false)) {
            // Given one that runs and one that waits
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> reads.read(moment -> {
                running.countDown();
                return awaited(release, "first");
            }));
            running.await();
            CompletableFuture<String> second =
                    CompletableFuture.supplyAsync(() -> reads.read(moment -> awaited(release, "second")));
            await().until(() -> reads.waiting() == 1);

            // Then the third is refused
            assertThatThrownBy(() -> reads.read(moment -> "third")).isInstanceOf(OverloadedException.class);
            release.countDown();
            assertThat(first.join()).isEqualTo("first");
            assertThat(second.join()).isEqualTo("second");
            assertThat(reads.<String>read(moment -> "fourth")).isEqualTo("fourth");
            assertThat(begun).hasValue(4);
        }
    }

    private static String awaited(CountDownLatch latch, String answer) {
        try {
            latch.await();
            return answer;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
