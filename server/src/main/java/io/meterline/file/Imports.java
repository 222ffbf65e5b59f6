package io.meterline.file;

import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import io.meterline.file.Import.Failure;
import io.meterline.file.Import.Status;
import io.meterline.ingest.PushOptions;
import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of events: received, queued, imported on threads of their own, remembered.
 *
 * <p>An import that a stop or a kill of the server cut off goes on at the next start: from its beginning while it was being
 * judged, and from the first record that is not known to be stored after that.
 */
public final class Imports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
    private static final int MAX_ATTEMPTS = 60;
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final ImportTools tools;
    private final UploadFolder folder;
    private final int queue;
    private final ExecutorService threads;
    private final Map<String, ImportProgress> atWork = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * The imports of all environments, over files in a folder of their own.
     *
     * @param maxBytes of a file, unpacked
     * @param atOnce how many are imported at once
     * @param queue most imports that are not over; more are refused
     */
    public Imports(ImportTools tools, Path folder, long maxBytes, int atOnce, int queue) {
        this.tools = tools;
        this.folder = new UploadFolder(folder, maxBytes, tools.disk());
        this.queue = queue;
        this.threads = Executors.newFixedThreadPool(
                atOnce, Thread.ofPlatform().name("import-", 1).daemon().factory());
    }

    /** Takes up what an earlier process left. */
    public void recover() {
        List<Import> left = tools.database().write(handle -> {
            ImportRows.requeueAll(handle);
            return ImportRows.allActive(handle);
        });
        folder.keepOnly(left.stream().map(Import::id).collect(Collectors.toSet()));
        left.forEach(this::submit);
    }

    /**
     * Writes a file down; it is durable when this returns. Gzip is unpacked.
     *
     * <p>Throws {@link RuleException}: {@code file_too_large}, {@code invalid_gzip} or {@code disk_full}.
     */
    public Upload receive(InputStream file) throws IOException {
        return folder.receive(file);
    }

    /** Queues a file that was received. Throws {@link RuleException} {@code too_many_imports}. */
    public Import create(Environment environment, ImportOptions options, Upload upload) {
        Import one = new Import(
                upload.id(),
                environment,
                options,
                upload.bytes(),
                Status.QUEUED,
                false,
                0,
                ImportCounts.NONE,
                0,
                now(),
                null,
                null,
                null);
        tools.database().write(handle -> {
            if (ImportRows.active(handle) >= queue) {
                throw new RuleException(
                        Kind.OVERLOADED,
                        "too_many_imports",
                        queue + " imports are waiting or going on. Send the file again when one of them is over.");
            }
            ImportRows.insert(handle, one);
            return one;
        });
        upload.take();
        submit(one);
        return one;
    }

    /** The imports of an environment, the newest first. */
    public Page<Import> list(Environment environment, PageRequest request) {
        return tools.database()
                .read(handle -> ImportRows.page(handle, environment, request))
                .map(this::live);
    }

    /**
     * An import and the first 1,000 of its errors.
     *
     * @param errors in the order of the file
     */
    public record Detail(Import value, List<LineError> errors) {
        public Detail {
            errors = List.copyOf(errors);
        }
    }

    /** One import. Throws {@link RuleException} {@code unknown_import}. */
    public Detail get(Environment environment, String id) {
        return tools.database()
                .read(handle -> ImportRows.byId(handle, environment, id)
                        .map(row -> new Detail(live(row.value()), ImportRows.errors(handle, row.number()))))
                .orElseThrow(() -> new RuleException(
                        Kind.NOT_FOUND, "unknown_import", "There is no import " + id + " in this environment."));
    }

    /**
     * Stops an import soon; one that is over stays as it is. What it has stored stays. Throws {@link RuleException} {@code
     * unknown_import}.
     */
    public Import cancel(Environment environment, String id) {
        Import one = get(environment, id).value();
        tools.database().write(handle -> {
            ImportRows.cancelQueued(handle, id, now(), cancelled(one));
            return id;
        });
        ImportProgress progress = atWork.get(id);
        if (progress != null) {
            progress.cancel();
        }
        return get(environment, id).value();
    }

    private static Failure cancelled(Import one) {
        return new Failure(
                "cancelled",
                one.position() == 0
                        ? "The import was cancelled. Nothing was imported."
                        : "The import was cancelled; the first " + one.position()
                                + " records are in. Import the file again to go on: nothing counts twice.");
    }

    /** Stops what goes on; the next start takes it up. */
    @Override
    public void close() {
        closing.countDown();
        threads.shutdown();
        threads.close();
    }

    private Import live(Import stored) {
        ImportProgress progress = atWork.get(stored.id());
        return progress == null || stored.finishedAtMicros() != null ? stored : progress.of(stored);
    }

    private void submit(Import one) {
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
