package io.meterline.store.duckdb;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MainCommitsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final MainCommits commits = new MainCommits();

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void aCommitWaitsForARunningStatementButLetsOthersBegin() throws Exception {
        CompletableFuture<Void> committed;
        Lock slow = commits.reading();
        slow.lock();
        try {
            committed = CompletableFuture.runAsync(this::commit, threads);
            for (int statement = 0; statement < 5; statement++) {
                CompletableFuture<Boolean> began = CompletableFuture.supplyAsync(this::statement, threads);
                assertThat(began.get(30, SECONDS)).isTrue();
            }
            assertThat(committed).isNotDone();
        } finally {
            slow.unlock();
        }
        committed.get(30, SECONDS);
    }

    private void commit() {
        try {
            commits.run(() -> {});
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits behind a commit that is waiting, as a statement does. */
    private boolean statement() {
        try {
            boolean began = commits.reading().tryLock(20, SECONDS);
            if (began) {
                commits.reading().unlock();
            }
            return began;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
