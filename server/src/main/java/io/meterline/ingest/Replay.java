package io.meterline.ingest;

import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries rejected events again, as they were sent or corrected. */
public final class Replay {

    private final Ingest ingest;
    private final RejectedEvents rejected;

    public Replay(Ingest ingest, RejectedEvents rejected) {
        this.ingest = ingest;
        this.rejected = rejected;
    }

    /**
     * Tries one again. Accepted, it is no longer among the rejected ones; refused again, it stays with its new reason.
     *
     * <p>Throws {@link RuleException}: {@code unknown_rejected_event}, {@code rejected_event_incomplete} (more was sent
     * than is kept), {@code replay_not_possible} (a row of a loader), or what {@link EventParser#one} throws.
     *
     * @param corrected the event to send in its place, null for what was sent
     * @return one created or one failed event
     */
    public Pushed replay(Environment environment, long number, byte @Nullable [] corrected) {
        RejectedEvent event = rejected.find(environment, number).orElseThrow(() -> unknown(RejectedEvents.id(number)));
        PushOptions options = new PushOptions(environment, source(event), false);
        byte[] body = corrected == null ? asSent(event) : corrected;
        Pushed pushed = ingest.begin(ingest.parser(options).one(body)).await();
        if (pushed.failed().isEmpty()) {
            rejected.remove(environment, number);
        } else {
            rejected.update(environment, number, pushed.failed().getFirst().error());
        }
        return pushed;
    }

    /** The error for an id that no rejected event has. */
    public static RuleException unknown(String id) {
        return new RuleException(
                Kind.NOT_FOUND,
                "unknown_rejected_event",
                "There is no rejected event " + id + "; it may have been accepted since, or be too old.");
    }

    // A row has a key of its own kind: pushed, it would become a second record beside the one of the next run.
    private static Source source(RejectedEvent event) {
        return switch (event.source()) {
            case PUSH, IMPORT -> event.source();
            case LOADER ->
                throw new RuleException(
                        Kind.UNPROCESSABLE,
                        "replay_not_possible",
                        "This is a row of a data loader. Correct it in its database; the next run brings it again.");
        };
    }

    private static byte[] asSent(RejectedEvent event) {
        if (!event.rejection().complete()) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "rejected_event_incomplete",
                    "Only the first 8 KiB of this event were kept. Send the whole event in the body.",
                    List.of());
        }
        return event.rejection().raw().getBytes(StandardCharsets.UTF_8);
    }
}
