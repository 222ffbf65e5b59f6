package io.meterline.meter;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.control.Status;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.Timestamps;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The aggregators of both environments, with every version of each.
 *
 * <p>An edit makes a new version. Figures are always computed from the raw events by a definition, so the edit holds for
 * the past too; what must not change with it names the version that it used.
 */
public final class Aggregators {

    private final ControlDatabase database;
    private final Supplier<String> ids;
    private final InstantSource clock;

    public Aggregators(ControlDatabase database, InstantSource clock) {
        this(database, AggregatorIds::next, clock);
    }

    Aggregators(ControlDatabase database, Supplier<String> ids, InstantSource clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** Saves the first version. */
    public Aggregator create(Environment environment, Definition definition) {
        String id = ids.get();
        long now = now();
        return database.write(handle -> {
            AggregatorRows.insert(handle, environment, id, definition, now);
            return find(handle, environment, id);
        });
    }

    /** The current version. Throws {@code RuleException} {@code unknown_aggregator}. */
    public Aggregator get(Environment environment, String id) {
        return database.read(handle -> find(handle, environment, id));
    }

    /** One version. Throws {@code RuleException} {@code unknown_aggregator} or {@code unknown_version}. */
    public Aggregator version(Environment environment, String id, int version) {
        return database.read(handle -> {
            find(handle, environment, id);
            return AggregatorRows.version(handle, environment, id, version)
                    .orElseThrow(() -> new RuleException(
                            Kind.NOT_FOUND, "unknown_version", "The aggregator has no version " + version + "."));
        });
    }

    /** Current versions, the newest aggregator first. */
    public Page<Aggregator> list(Environment environment, AggregatorFilter filter, PageRequest page) {
        return database.read(handle -> AggregatorRows.list(handle, environment, filter, page));
    }

    /** All versions of an aggregator, the newest first. */
    public Page<Aggregator> versions(Environment environment, String id, PageRequest page) {
        return database.read(handle -> {
            Aggregator current = find(handle, environment, id);
            List<Aggregator> versions = AggregatorRows.versions(handle, environment, id, page);
            return Page.of(versions, page, current.version(), Aggregator::version);
        });
    }

    /**
     * Makes a new version, unless the definition is the current one.
     *
     * <p>Throws {@code RuleException} {@code unknown_aggregator} or {@code aggregator_archived}.
     */
    public Aggregator update(Environment environment, String id, Definition definition) {
        long now = now();
        return database.write(handle -> {
            Aggregator current = find(handle, environment, id);
            if (current.status() == Status.ARCHIVED) {
                throw new RuleException(
                        Kind.UNPROCESSABLE,
                        "aggregator_archived",
                        "The aggregator is archived and cannot be edited; create a new one.");
            }
            if (current.definition().equals(definition)) {
                return current;
            }
            AggregatorRows.addVersion(handle, id, current.version() + 1, definition, now);
            return find(handle, environment, id);
        });
    }

    /** Takes it out of use; again is no error. Throws {@code RuleException} {@code unknown_aggregator}. */
    public Aggregator archive(Environment environment, String id) {
        return database.write(handle -> {
            find(handle, environment, id);
            AggregatorRows.setStatus(handle, id, Status.ARCHIVED);
            return find(handle, environment, id);
        });
    }

    private static Aggregator find(Handle handle, Environment environment, String id) {
        return AggregatorRows.current(handle, environment, id)
                .orElseThrow(() -> new RuleException(
                        Kind.NOT_FOUND,
                        "unknown_aggregator",
                        "There is no aggregator with this id in the " + environment.text() + " environment."));
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
