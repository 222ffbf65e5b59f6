package io.meterline.loader;

import io.meterline.event.Event;
import io.meterline.event.Source;
import io.meterline.ingest.NumberRules;
import io.meterline.ingest.Rejection;
import io.meterline.ingest.TimestampRules;
import io.meterline.loader.source.ReadLimits;
import io.meterline.loader.source.RowStream;
import io.meterline.loader.source.SourceAddress;
import io.meterline.loader.source.SourceSession;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One run at work, on one thread: rows from the source, batch by batch, to events in the store. */
final class Load {

    /** Most rows of a run that are kept after they were set aside; the others are only counted. */
    static final int MAX_KEPT = 1_000;

    private static final int ROWS_BEFORE_SHARE_COUNTS = 1_000;

    private final LoadTools tools;
    private final Turns turns;
    private final Progress progress;
    private final Work work;
    private final Loader loader;
    private final GroupWriter writer;
    private final NumberRules numbers;
    private final SetAside rejections;
    private final List<Rejection> toKeep = new ArrayList<>();
    private long read;
    private long setAside;

    Load(LoadTools tools, Turns turns, Progress progress, Work work) {
        this.tools = tools;
        this.turns = turns;
        this.progress = progress;
        this.work = work;
        this.loader = work.loader();
        this.rejections = new SetAside(loader.draft().eventType());
        this.writer = new GroupWriter(tools.events(), loader.environment());
        this.numbers = new NumberRules(loader.draft().excessDigits());
    }

    /**
     * What to load.
     *
     * @param loadNumber the version of its rows
     * @param fullReload whether somebody asked for everything
     * @param startedAtMicros our time
     */
    record Work(
            String runId,
            Loader loader,
            SourceAddress address,
            long loadNumber,
            boolean fullReload,
            CursorState cursor,
            long startedAtMicros) {}

    /**
     * Returns the cursor to save, once every row is durably stored.
     *
     * <p>Throws {@link LoadException} or {@link io.meterline.loader.source.SourceException} when it cannot go on.
     */
    CursorState run() {
        try {
            CursorState after = pull();
            writer.drain();
            progress.scoped(progress.scope().after(after.value()));
            return after;
        } finally {
            progress.closed();
            // Also when the source failed halfway: what it had sent is stored, and the record says so.
            writer.drain();
            count(0);
        }
    }

    private CursorState pull() {
        ReadLimits limits = new ReadLimits(0, tools.limits().statementTimeout());
        try (SourceSession session = progress.open(
                () -> tools.sources().of(work.address().provider()).open(work.address(), limits))) {
            LoadPlan plan = LoadPlan.of(work, session);
            progress.scoped(plan.scope());
            read(
                    tools.sources()
                            .bounded(
                                    session.read(plan.query(), plan.bindings()),
                                    loader.draft().limits()),
                    plan);
            // Asked before rows are known to be stored; used only if they are.
            return plan.after(progress.isCancelled() ? OptionalLong.empty() : session.nextTransaction());
        }
    }

    private void read(RowStream rows, LoadPlan plan) {
        ResultShape shape = ResultShape.of(rows.columns(), loader.draft().excessProperties());
        TimestampRules timestamps = new TimestampRules(
                tools.clock().instant(), tools.futureTolerance().apply(loader.environment()));
        RowReader reader = new RowReader(rows, shape, numbers, timestamps);
        EventMaker maker = new EventMaker(
                tools, loader, work.loadNumber(), shape.properties().size());
        boolean more = true;
        while (more && !progress.isCancelled()) {
            // Waits for the source here, where nothing is held that others need.
            int ahead = rows.fetch(tools.limits().batchRows());
            List<PulledRow> batch = new ArrayList<>(tools.limits().batchRows());
            more = ahead < 0
                    ? parse(tools.limits().batchRows(), rows, shape, reader, maker, plan, batch)
                    : turns.take(() -> parse(Math.max(1, ahead), rows, shape, reader, maker, plan, batch));
            maker.meet(batch);
            writer.write(turns.take(() -> events(batch, maker)));
            keep();
            count(maker.customersCreated());
            requireFewBad();
        }
    }

    private boolean parse(
            int most,
            RowStream rows,
            ResultShape shape,
            RowReader reader,
            EventMaker maker,
            LoadPlan plan,
            List<PulledRow> batch) {
        for (int i = 0; i < most; i++) {
            if (!rows.next()) {
                return false;
            }
            read++;
            plan.see(rows);
            try {
                PulledRow row = reader.read();
                maker.requireRoom(row);
                batch.add(row);
            } catch (BadRowException e) {
                setAside(rejections.current(rows, shape, e));
            }
        }
        return true;
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
            tools.rejected().add(loader.environment(), Source.LOADER, work.runId(), List.copyOf(toKeep));
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
