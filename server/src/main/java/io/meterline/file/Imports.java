package io.meterline.file;

import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import io.meterline.file.Import.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Files of events: received, remembered, and imported in the background.
 *
 * <p>An import that a stop or a kill of the server cut off goes on at the next start: from its beginning while it was being
 * judged, and from the first record that is not known to be stored after that.
 */
public final class Imports implements AutoCloseable {

    private final ImportTools tools;
    private final UploadFolder folder;
    private final int queue;
    private final ImportQueue work;

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
        this.work = new ImportQueue(tools, this.folder, atOnce);
    }

    /** Takes up what an earlier process left. */
    public void recover() {
        List<Import> left = tools.database().write(handle -> {
            ImportRows.requeueAll(handle);
            return ImportRows.allActive(handle);
        });
        folder.keepOnly(left.stream().map(Import::id).collect(Collectors.toSet()));
        left.forEach(work::submit);
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
        work.submit(one);
        return one;
    }

    /** The imports of an environment, the newest first. */
    public Page<Import> list(Environment environment, PageRequest request) {
        return tools.database()
                .read(handle -> ImportRows.page(handle, environment, request))
                .map(work::live);
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
                        .map(row -> new Detail(work.live(row.value()), ImportRows.errors(handle, row.number()))))
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
            ImportRows.cancelQueued(handle, id, now(), ImportQueue.cancelled(one));
            return id;
        });
        work.cancel(id);
        return get(environment, id).value();
    }

    /** Stops what goes on; the next start takes it up. */
    @Override
    public void close() {
        work.close();
    }

    private long now() {
        return Timestamps.micros(tools.clock().instant());
    }
}
