package io.meterline.file;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Source;
import io.meterline.file.Import.Status;
import io.meterline.ingest.Batch;
import io.meterline.ingest.EventParser;
import io.meterline.ingest.Ingest;
import io.meterline.ingest.PushOptions;
import io.meterline.ingest.Pushed;
import io.meterline.ingest.Rejection;
import io.meterline.store.EventWriter;
import io.meterline.store.EventWriter.Outcome;
import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * Stores the events of a file, from the first record that is not known to be stored on. How far it is becomes durable
 * group by group, so that a kill repeats only the few groups that were on their way: they are stored again, which changes
 * nothing.
 */
final class Appending {

    private static final int MAX_IN_FLIGHT = 2;

    private final ImportTools tools;
    private final Import one;
    private final PushOptions options;
    private final ImportProgress progress;
    private final BooleanSupplier stopped;
    private final ErrorList errors;
    private final Deque<Step> inFlight = new ArrayDeque<>();
    private ImportCounts counts;
    private long position;

    Appending(ImportTools tools, Import one, PushOptions options, ImportProgress progress, BooleanSupplier stopped) {
        this.tools = tools;
        this.one = one;
        this.options = options;
        this.progress = progress;
        this.stopped = stopped;
        this.counts = one.position() == 0 ? ImportCounts.NONE : one.counts();
        this.errors = new ErrorList(counts.failed());
        this.position = one.position();
    }

    private record Step(Chunk chunk, Ingest.Pending pending) {}

    /** How many records are stored. */
    long position() {
        return position;
    }

    ImportCounts counts() {
        return counts;
    }

    /**
     * Stores what is left of the file.
     *
     * <p>Throws {@link OverloadedException} or {@link StoreFailedException} when the store takes no more: call it again,
     * it goes on where it was. Throws {@link FileException} after all before the fault is stored.
     */
    void run(Path file) throws IOException {
        try (RecordSource source = RecordSource.open(one.options().type(), file)) {
            skip(source);
            append(source);
        } catch (RuleException e) {
            throw e.kind() == Kind.OVERLOADED ? new OverloadedException(e.sentence()) : e;
        } finally {
            // What is still on its way stays before all that comes after.
            while (!inFlight.isEmpty()) {
                Ingest.Pending pending = inFlight.remove().pending();
                if (pending.receipt() != null) {
                    pending.receipt().durable().exceptionally(_ -> null).join();
                }
            }
        }
    }

    private void skip(RecordSource source) throws IOException {
        long skipped = 0;
        while (skipped < position) {
            Chunk chunk = new Chunk();
            while (skipped < position && !chunk.isFull()) {
                if (!source.next(chunk)) {
                    return;
                }
                skipped++;
            }
        }
    }

    private void append(RecordSource source) throws IOException {
        EventParser parser = tools.ingest().parser(options);
        boolean more = true;
        while (more) {
            if (stopped.getAsBoolean()) {
                // What is on its way is stored, and has to be counted.
                settleAll(source);
                throw new StoppedException();
            }
            Chunk chunk = new Chunk();
            try {
                do {
                    more = source.next(chunk);
                } while (more && !chunk.isFull());
            } catch (FileException e) {
                begin(chunk, parser);
                settleAll(source);
                throw e;
            }
            begin(chunk, parser);
            while (inFlight.size() > MAX_IN_FLIGHT) {
                settle(source);
            }
        }
        settleAll(source);
    }

    private void begin(Chunk chunk, EventParser parser) {
        if (chunk.records() > 0) {
            Batch batch = chunk.parse(parser);
            inFlight.add(new Step(chunk, tools.ingest().begin(batch)));
        }
    }

    private void settleAll(RecordSource source) {
        while (!inFlight.isEmpty()) {
            settle(source);
        }
    }

    private void settle(RecordSource source) {
        Step step = inFlight.getFirst();
        Pushed pushed = step.pending().await();
        Outcome outcome = step.pending().receipt() == null
                ? Outcome.NONE
                : applied(step.pending().receipt());
        inFlight.removeFirst();
        Chunk chunk = step.chunk();
        List<LineError> bad = Validation.errors(chunk, pushed.failed());
        keep(chunk, pushed);
        errors.add(bad);
        counts = counts.plus(chunk.records(), outcome, bad.size(), customersCreated(pushed));
        position += chunk.records();
        List<LineError> fresh = errors.taken();
        tools.database().write(handle -> {
            ImportRows.advance(handle, one.id(), position, counts, fresh);
            return position;
        });
        int percent = one.validated() ? 50 + source.percent() / 2 : source.percent();
        progress.set(Status.IMPORTING, counts, percent);
    }

    private static Outcome applied(EventWriter.Receipt receipt) {
        try {
            return receipt.applied().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreFailedException failed ? failed : e;
        }
    }

    private void keep(Chunk chunk, Pushed pushed) {
        List<Rejection> rejections = new ArrayList<>();
        for (Chunk.Fault fault : chunk.faults()) {
            LineError error = fault.error();
            rejections.add(new Rejection(
                    error.code(), error.path(), atLine(error), null, null, shortened(fault.raw()), false));
        }
        pushed.failed().forEach(event -> rejections.add(Rejection.of(event, chunk.body())));
        tools.rejected().add(options.environment(), Source.IMPORT, one.id(), rejections);
    }

    private static String atLine(LineError error) {
        return "Line " + error.line() + ": " + error.message();
    }

    private static String shortened(String raw) {
        return raw.length() <= 1_024 ? raw : raw.substring(0, 1_024);
    }

    private static long customersCreated(Pushed pushed) {
        return pushed.created().stream()
                .filter(created -> created.customer().created())
                .map(created -> created.customer().number())
                .distinct()
                .count();
    }
}
