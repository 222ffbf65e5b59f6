package io.meterline.file;

import io.meterline.file.Import.Failure;
import io.meterline.file.Import.Status;
import io.meterline.ingest.EventParser;
import io.meterline.ingest.PushOptions;
import io.meterline.ingest.RefusedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Judges every record of a file and stores nothing. */
final class Validation {

    private final ImportTools tools;
    private final FileType type;
    private final PushOptions options;
    private final ImportProgress progress;
    private final BooleanSupplier stopped;
    private final ErrorList errors = new ErrorList(0);
    private ImportCounts counts = ImportCounts.NONE;

    Validation(
            ImportTools tools, FileType type, PushOptions options, ImportProgress progress, BooleanSupplier stopped) {
        this.tools = tools;
        this.type = type;
        this.options = options;
        this.progress = progress;
        this.stopped = stopped;
    }

    /** Why the file cannot be imported, or null when all of it can. */
    @Nullable
    Failure judge(Path file) throws IOException {
        progress.set(Status.VALIDATING, counts, 0);
        try (RecordSource source = RecordSource.open(type, file)) {
            judge(source);
        } catch (FileException e) {
            return new Failure(e.code(), e.sentence() + " Nothing was imported.");
        }
        if (counts.read() == 0) {
            return new Failure("empty_file", "The file holds no events.");
        }
        return counts.failed() == 0
                ? null
                : new Failure(
                        "invalid_events",
                        counts.failed() + " of " + counts.read()
                                + " events are invalid, so nothing was imported. Correct"
                                + " them, or import the good ones alone (partial).");
    }

    /** The first errors. */
    List<LineError> errors() {
        return errors.taken();
    }

    ImportCounts counts() {
        return counts;
    }

    private void judge(RecordSource source) throws IOException {
        EventParser parser = tools.ingest().parser(options);
        boolean more = true;
        while (more) {
            if (stopped.getAsBoolean()) {
                throw new StoppedException();
            }
            Chunk chunk = new Chunk();
            try {
                do {
                    more = source.next(chunk);
                } while (more && !chunk.isFull());
            } finally {
                // Also what comes before a fault of the file.
                judge(chunk, parser);
            }
            progress.set(Status.VALIDATING, counts, source.percent() / 2);
        }
    }

    private void judge(Chunk chunk, EventParser parser) {
        List<LineError> bad = errors(chunk, tools.ingest().check(chunk.parse(parser)));
        errors.add(bad);
        counts = new ImportCounts(counts.read() + chunk.records(), 0, 0, 0, counts.failed() + bad.size(), 0);
    }

    /** Everything that is wrong with a chunk, in the order of the file. */
    static List<LineError> errors(Chunk chunk, List<RefusedEvent> refused) {
        List<LineError> errors = new ArrayList<>();
        chunk.faults().forEach(fault -> errors.add(fault.error()));
        refused.forEach(event -> errors.add(LineError.of(chunk.line(event.index()), event.error())));
        errors.sort(Comparator.comparingLong(LineError::line));
        return errors;
    }
}
