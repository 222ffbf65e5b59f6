package io.meterline.store;

import io.meterline.event.Environment;
import io.meterline.event.KeyHash;
import java.util.List;
import java.util.Optional;

/**
 * The reading side of an event store. Every answer counts exactly one version of every record, and includes whatever
 * was durable before the call.
 *
 * <p>Methods block; engines with native code run on their own threads. Safe for use by many threads.
 */
public interface EventReader {

    /** The current version of a record. */
    Optional<StoredEvent> find(Environment environment, KeyHash key);

    /** A page of current versions. */
    EventPage list(Environment environment, EventQuery query);

    /**
     * Hands every current version that matches to a sink: all of one moment, type by type and otherwise in no order, and
     * never all in memory. Returns when the last was taken. Two scans run at once; more wait. A slow sink keeps what the
     * store would tidy away meanwhile, so it should wait for nobody.
     */
    void scan(Environment environment, EventScan scan, EventScan.Sink sink);

    /** All event types with events or properties, by name. */
    List<EventTypeSummary> eventTypes(Environment environment);

    /**
     * An exact figure. An event type that is not known has no events. Throws {@code RuleException} {@code too_many_groups}
     * as soon as it finds more than the query allows, before it holds them all.
     */
    UsageResult usage(Environment environment, UsageQuery query);

    /**
     * Hands the amount of every counted event to a sink, of one moment and never all in memory: one group after the other,
     * within a group by timestamp and then by sequence. So the windows of a group come in order too. Groups come in the
     * order of their keys: customers by number, properties by the Unicode code points of their text, null last. What the
     * measure excludes is left out, and {@code mostFigures} bounds nothing. Returns when the last was taken.
     *
     * <p>It takes the place of one of the two scans that run at once: a slow sink keeps it, and what the store would tidy
     * away meanwhile.
     *
     * <p>Throws IllegalArgumentException for measures other than {@link Measure.Sum} and {@link Measure.Formula}.
     */
    void amounts(Environment environment, UsageQuery query, EventAmounts.Sink sink);
}
