package io.meterline.ingest;

import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pushes the lines of an NDJSON body in groups, the next one being read while the one before is written.
 *
 * <p>Once a group is durable the request cannot fail as a whole any more: lines that find no room, or that could not be
 * written, and those behind them, fail one by one and may be sent again.
 */
public final class LinePush {

    private static final int GROUP_EVENTS = 5_000;
    private static final int MAX_PENDING = 2;

    private final Ingest ingest;
    private final Consumer<Pushed> answered;
    private final Deque<Ingest.Pending> pending = new ArrayDeque<>();
    private final List<RefusedEvent> refused = new ArrayList<>();
    private boolean anythingCreated;
    private @Nullable RuntimeException failure;

    private LinePush(Ingest ingest, Consumer<Pushed> answered) {
        this.ingest = ingest;
        this.answered = answered;
    }

    /**
     * Pushes a whole body.
     *
     * <p>Throws {@link OverloadedException} or {@link StoreFailedException} only when nothing was created.
     *
     * @param answered told of each group, in order, when it is durable
     */
    public static void push(Ingest ingest, byte[] body, PushOptions options, Consumer<Pushed> answered) {
        LinePush push = new LinePush(ingest, answered);
        EventLines lines = new EventLines(body, ingest.parser(options));
        while (lines.hasNext()) {
            push.add(lines.next(GROUP_EVENTS));
        }
        while (!push.pending.isEmpty()) {
            push.settleOldest();
        }
        push.throwIfNothingCreated();
        ingest.keep(new Batch(options.environment(), body, List.of(), List.of()), push.refused, options);
    }

    private void add(Batch batch) {
        if (pending.size() == MAX_PENDING) {
            settleOldest();
        }
        while (failure == null) {
            try {
                pending.add(ingest.begin(batch));
                return;
            } catch (OverloadedException e) {
                if (pending.isEmpty()) {
                    failure = e;
                } else {
                    // Our own earlier group may be what fills the queue.
                    settleOldest();
                }
            }
        }
        while (!pending.isEmpty()) {
            settleOldest();
        }
        throwIfNothingCreated();
        failAll(batch, batch.events(), batch.refused(), code());
    }

    private void settleOldest() {
        Ingest.Pending oldest = pending.remove();
        try {
            answer(oldest.await());
        } catch (StoreFailedException | OverloadedException e) {
            failure = e;
            Pushed lost = oldest.pushed();
            failAll(
                    lost.batch(),
                    lost.created().stream().map(Pushed.Created::parsed).toList(),
                    lost.failed(),
                    code());
        }
    }

    private EventErrorCode code() {
        if (failure instanceof OverloadedException full) {
            return switch (full.reason()) {
                case BUSY -> EventErrorCode.OVERLOADED;
                case DISK_FULL -> EventErrorCode.DISK_FULL;
                case UNAVAILABLE -> EventErrorCode.NOT_WRITTEN;
            };
        }
        return EventErrorCode.NOT_WRITTEN;
    }

    private void failAll(Batch batch, List<ParsedEvent> events, List<RefusedEvent> others, EventErrorCode code) {
        List<RefusedEvent> failed = new ArrayList<>(others);
        events.forEach(event -> failed.add(event.refused(code.at(""))));
        failed.sort(Comparator.comparingInt(RefusedEvent::index));
        answer(new Pushed(batch, List.of(), failed));
    }

    private void answer(Pushed pushed) {
        anythingCreated |= !pushed.created().isEmpty();
        for (RefusedEvent event : pushed.failed()) {
            if (event.error().code().isTheCallersFault()) {
                refused.add(event);
            }
        }
        answered.accept(pushed);
    }

    private void throwIfNothingCreated() {
        if (!anythingCreated && failure != null) {
            throw failure;
        }
    }
}
