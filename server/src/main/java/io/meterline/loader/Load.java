package io.meterline.loader;

import io.meterline.event.Event;
import io.meterline.event.Source;
import io.meterline.ingest.NumberRules;
import io.meterline.ingest.Rejection;
import io.meterline.ingest.TimestampRules;
import io.meterline.loader.source.Bindings;
import io.meterline.loader.source.ReadLimits;
import io.meterline.loader.source.RowStream;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.SourceSession;
import io.meterline.loader.source.SqlText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** One run at work, on one thread: rows from the source, batch by batch, to events in the store. */
final class Load {

    /** Most rows of a run that are kept after they were set aside; the others are only counted. */
    static final int MAX_KEPT = 1_000;

    private static final int ROWS_BEFORE_SHARE_COUNTS = 1_000;

    private final LoadTools tools;
    private final Progress progress;
    private final String runId;
    private final Loader loader;
    private final SourceAddress address;
    private final GroupWriter writer;
    private final long loadNumber;
    private final NumberRules numbers;
    private final SetAside rejections;
    private final List<Rejection> toKeep = new ArrayList<>();
    private long read;
    private long setAside;

    Load(LoadTools tools, Progress progress, String runId, Loader loader, SourceAddress address, long loadNumber) {
        this.tools = tools;
        this.progress = progress;
        this.runId = runId;
        this.loader = loader;
        this.rejections = new SetAside(loader.draft().eventType());
        this.address = address;
        this.loadNumber = loadNumber;
        this.writer = new GroupWriter(tools.events(), loader.environment());
        this.numbers = new NumberRules(loader.draft().excessDigits());
    }

    /** Throws {@link LoadException} or {@link io.meterline.loader.source.SourceException} when it cannot go on. */
    void run() {
        try {
            pull();
        } finally {
            progress.reads(null);
            // Also when the source failed halfway: what it had sent is stored, and the record says so.
            writer.drain();
            count(0);
        }
    }

    private void pull() {
        SqlText query = SqlText.parse(loader.draft().query());
        ReadLimits limits = new ReadLimits(0, tools.limits().statementTimeout());
        try (SourceSession session = tools.sources().of(address.provider()).open(address, limits)) {
            progress.reads(session);
            RowStream rows = session.read(query, Bindings.at(session.moment()));
            ResultShape shape = ResultShape.of(rows.columns(), loader.draft().excessProperties());
            TimestampRules timestamps = new TimestampRules(
                    tools.clock().instant(), tools.futureTolerance().apply(loader.environment()));
            RowReader reader = new RowReader(rows, shape, numbers, timestamps);
            EventMaker maker =
                    new EventMaker(tools, loader, loadNumber, shape.properties().size());
            boolean more = true;
            while (more && !progress.isCancelled()) {
                more = batch(rows, shape, reader, maker);
            }
        }
    }

    private boolean batch(RowStream rows, ResultShape shape, RowReader reader, EventMaker maker) {
        List<PulledRow> batch = new ArrayList<>(tools.limits().batchRows());
        boolean more = true;
        for (int i = 0; i < tools.limits().batchRows() && more; i++) {
            more = rows.next();
            if (more) {
                read++;
                try {
                    PulledRow row = reader.read();
                    maker.requireRoom(row);
                    batch.add(row);
                } catch (BadRowException e) {
                    setAside(rejections.current(rows, shape, e));
                }
            }
        }
        maker.meet(batch);
        writer.write(events(batch, maker));
        keep();
        count(maker.customersCreated());
        requireFewBad();
        return more;
    }

    private List<Event> events(List<PulledRow> batch, EventMaker maker) {
        List<Event> events = new ArrayList<>(batch.size());
        for (PulledRow row : batch) {
            try {
                events.add(maker.event(row));
            } catch (BadRowException e) {
                setAside(rejections.read(row, e));
            }
        }
        return events;
    }

    private void setAside(Rejection row) {
        if (setAside++ < MAX_KEPT) {
            toKeep.add(row);
        }
    }

    private void keep() {
        if (!toKeep.isEmpty()) {
            tools.rejected().add(loader.environment(), Source.LOADER, runId, List.copyOf(toKeep));
            toKeep.clear();
        }
    }

    private void count(long customersCreated) {
        long customers = Math.max(customersCreated, progress.counts().customersCreated());
        progress.counted(writer.counts(read, setAside, numbers.rounded(), customers));
    }

    private void requireFewBad() {
        if (read < ROWS_BEFORE_SHARE_COUNTS) {
            return;
        }
        BigDecimal allowed = tools.limits().maxBadShare().multiply(BigDecimal.valueOf(read));
        if (BigDecimal.valueOf(setAside).compareTo(allowed) > 0) {
            throw new LoadException(
                    "too_many_bad_rows",
                    setAside + " of " + read + " rows were set aside, more than the allowed share."
                            + " The rejected events say why each was.");
        }
    }
}
