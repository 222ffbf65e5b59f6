package io.meterline.file;

import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import io.meterline.file.Import.Failure;
import io.meterline.file.Import.Status;
import io.meterline.ingest.PushOptions;
import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Imports files on threads of their own, and records how each import ended. */
final class ImportQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImportQueue.class);
    private static final int MAX_ATTEMPTS = 60;
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final ImportTools tools;
    private final UploadFolder folder;
    private final ExecutorService threads;
    private final Map<String, ImportProgress> atWork = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    ImportQueue(ImportTools tools, UploadFolder folder, int atOnce) {
        this.tools = tools;
        this.folder = folder;
        this.threads = Executors.newFixedThreadPool(
                atOnce, Thread.ofPlatform().name("import-", 1).daemon().factory());
    }

    /** How far one is that was read while it may have gone on. */
    Import live(Import stored) {
        ImportProgress progress = atWork.get(stored.id());
        return progress == null || stored.finishedAtMicros() != null ? stored : progress.of(stored);
    }

    /** Ends one that goes on, soon. */
    void cancel(String id) {
        ImportProgress progress = atWork.get(id);
        if (progress != null) {
            progress.cancel();
        }
    }

    /** What is said of one that is cancelled where it stands. */
    static Failure cancelled(Import one) {
        return new Failure(
                "cancelled",
                one.position() == 0
                        ? "The import was cancelled. Nothing was imported."
                        : "The import was cancelled; the first " + one.position()
                                + " records are in. Import the file again to go on: nothing counts twice.");
    }

    /** Stops what goes on and begins nothing more. */
    @Override
    public void close() {
        closing.countDown();
        threads.shutdown();
        threads.close();
    }

    /** Imports one that is stored, behind those that wait. */
    void submit(Import one) {
        threads.execute(() -> execute(one));
    }

    private void execute(Import one) {
        if (isClosing()) {
            return;
        }
        ImportProgress progress = new ImportProgress();
        atWork.put(one.id(), progress);
        try {
            run(one, progress);
        } catch (StoppedException e) {
            stopped(one, progress);
        } catch (IOException | RuntimeException e) {
            fail(one, e, progress.counts());
        } finally {
            atWork.remove(one.id());
        }
    }

    private void stopped(Import one, ImportProgress progress) {
        if (!progress.isCancelled()) {
            LOG.info("import {} goes on at the next start", one.id());
            return;
        }
        try {
            end(one, Status.CANCELLED, cancelled(stored(one)), progress.counts(), List.of());
        } catch (IOException | RuntimeException e) {
            LOG.error("the end of import {}, which was cancelled, could not be recorded", one.id(), e);
        }
    }

    private void run(Import queued, ImportProgress progress) throws IOException {
        Path file = folder.file(queued.id());
        BooleanSupplier stopped = () -> isClosing() || progress.isCancelled();
        PushOptions options = new PushOptions(
                queued.environment(), Source.IMPORT, queued.options().replace());
        boolean mustJudge = !queued.options().partial() && !queued.validated();
        Status first = mustJudge ? Status.VALIDATING : Status.IMPORTING;
        if (!tools.database().write(handle -> ImportRows.start(handle, queued.id(), first, now()))) {
            Files.deleteIfExists(file);
            return;
        }
        if (mustJudge) {
            Validation validation = new Validation(tools, queued.options().type(), options, progress, stopped);
            Failure failure = validation.judge(file);
            if (failure != null) {
                end(queued, Status.FAILED, failure, validation.counts(), validation.errors());
                return;
            }
            tools.database().write(handle -> {
                ImportRows.validated(handle, queued.id());
                return first;
            });
        }
        append(stored(queued), options, progress, stopped, file);
    }

    private void append(Import one, PushOptions options, ImportProgress progress, BooleanSupplier stopped, Path file)
            throws IOException {
        Appending appending = new Appending(tools, one, options, progress, stopped);
        progress.set(Status.IMPORTING, appending.counts(), one.validated() ? 50 : 0);
        long reached = one.position();
        for (int attempt = 1; ; attempt++) {
            try {
                appending.run(file);
                boolean isEmpty = appending.position() == 0;
                end(
                        one,
                        isEmpty ? Status.FAILED : Status.SUCCEEDED,
                        isEmpty ? new Failure("empty_file", "The file holds no events.") : null,
                        appending.counts(),
                        List.of());
                return;
            } catch (FileException e) {
                Failure failure = new Failure(
                        e.code(), e.sentence() + " The " + appending.position() + " records before it were imported.");
                end(one, Status.FAILED, failure, appending.counts(), List.of());
                return;
            } catch (OverloadedException | StoreFailedException e) {
                if (stopped.getAsBoolean()) {
                    throw new StoppedException();
                }
                attempt = appending.position() > reached ? 1 : attempt;
                reached = appending.position();
                if (isDiskFull(e)) {
                    Failure failure = new Failure(
                            "disk_full",
                            "The server's disk is full; the first " + reached
                                    + " records are in. Import the file again when there is room: nothing counts twice.");
                    end(one, Status.FAILED, failure, appending.counts(), List.of());
                    return;
                }
                if (attempt == MAX_ATTEMPTS) {
                    Failure failure = new Failure(
                            "store_failed",
                            "The event store takes no more events; the first " + reached
                                    + " records are in. Import the file again when it is healthy: nothing counts twice.");
                    end(one, Status.FAILED, failure, appending.counts(), List.of());
                    return;
                }
                pause(Math.min(LONGEST_WAIT_MILLIS, 50L << Math.min(attempt, 10)));
            }
        }
    }

    private static boolean isDiskFull(RuntimeException e) {
        return e instanceof OverloadedException full && full.reason() == OverloadedException.Reason.DISK_FULL;
    }

    private void fail(Import one, Exception e, ImportCounts counts) {
        Failure failure = e instanceof NoSuchFileException
                ? new Failure("upload_lost", "The uploaded file is gone from the server. Import it again.")
                : new Failure(
                        "internal_error",
                        "Something failed on our side; the log names it under " + one.id()
                                + ". Import the file again: nothing counts twice.");
        LOG.error("import {} failed", one.id(), e);
        try {
            end(one, Status.FAILED, failure, counts, List.of());
        } catch (IOException | RuntimeException again) {
            LOG.error("the failure of import {} could not be recorded", one.id(), again);
        }
    }

    private void end(Import one, Status status, @Nullable Failure failure, ImportCounts counts, List<LineError> errors)
            throws IOException {
        tools.database().write(handle -> {
            ImportRows.end(handle, one.id(), status, now(), failure, counts, errors);
            return status;
        });
        Files.deleteIfExists(folder.file(one.id()));
        LOG.info(
                "import {} {}: {} records read, {} created, {} corrected, {} refused",
                one.id(),
                status,
                counts.read(),
                counts.created(),
                counts.corrected(),
                counts.failed());
    }

    private Import stored(Import one) {
        return tools.database()
                .read(handle ->
                        ImportRows.byId(handle, one.environment(), one.id()).orElseThrow())
                .value();
    }

    private void pause(long millis) {
        try {
            if (closing.await(millis, TimeUnit.MILLISECONDS)) {
                throw new StoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private long now() {
        return Timestamps.micros(tools.clock().instant());
    }
}
