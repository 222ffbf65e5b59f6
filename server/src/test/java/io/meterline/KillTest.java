package io.meterline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.testing.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed in the middle of eight clients' batches: what was acknowledged is there once, in its latest
 * version, and a batch without an answer is there whole or not at all.
 */
final class KillTest {

    private static final int CLIENTS = 8;

    // Folds and checkpoints come so often that kills hit them too.
    private static final Map<String, String> SETTINGS =
            Map.of("store.fold_rows", "300", "store.memory_limit", "256 MiB", "store.threads", "2");

    @TempDir
    Path folder;

    @Test
    void acknowledgedBatchesSurviveAFewKills() throws Exception {
        killAndCheck(3, new Random().nextLong());
    }

    @Test
    @Tag("long")
    void acknowledgedBatchesSurviveTwentyKills() throws Exception {
        killAndCheck(20, new Random().nextLong());
    }

    private void killAndCheck(int kills, long seed) throws Exception {
        Path data = folder.resolve("data");
        Random random = new Random(seed);
        List<PushingClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new PushingClient("client-" + i, random.nextLong()));
        }
        for (int kill = 1; kill <= kills; kill++) {
            try (ServerProcess server = ServerProcess.start(data, SETTINGS, List.of())) {
                for (PushingClient client : clients) {
                    assertThat(client.check(server.base()))
                            .as("seed %d, before kill %d", seed, kill)
                            .isEmpty();
                }
                pushUntilKilled(server, clients, 5 + random.nextInt(40), random.nextInt(8_000_000));
            }
        }
        try (ServerProcess server = ServerProcess.start(data, SETTINGS, List.of())) {
            for (PushingClient client : clients) {
                assertThat(client.check(server.base()))
                        .as("seed %d, at the end", seed)
                        .isEmpty();
            }
        }
        assertThat(clients.stream().mapToInt(PushingClient::unanswered).sum())
                .as("batches cut")
                .isPositive();
    }

    private static void pushUntilKilled(ServerProcess server, List<PushingClient> clients, int batches, int nanos)
            throws Exception {
        CountDownLatch answered = new CountDownLatch(batches);
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> pushing = new ArrayList<>();
            for (PushingClient client : clients) {
                pushing.add(threads.submit(() -> client.pushUntilCut(server.base(), answered)));
            }
            answered.await();
            LockSupport.parkNanos(nanos);
            server.kill();
            for (Future<?> one : pushing) {
                one.get();
            }
        }
    }
}
