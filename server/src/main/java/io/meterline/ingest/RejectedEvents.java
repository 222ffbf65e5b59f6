package io.meterline.ingest;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What was refused, kept where people can see it and try again: so long, and so many in each environment. Beyond that
 * the oldest go and are counted.
 */
public final class RejectedEvents {

    private static final String ID_PREFIX = "rej_";

    private final ControlDatabase database;
    private final InstantSource clock;
    private final Duration keep;
    private final int max;

    /** The id in the API of a rejected event. */
    public static String id(long number) {
        return ID_PREFIX + number;
    }

    /** The number behind an id, or empty when the text is no such id. */
    public static OptionalLong number(String id) {
        try {
            return id.startsWith(ID_PREFIX)
                    ? OptionalLong.of(Long.parseLong(id, ID_PREFIX.length(), id.length(), 10))
                    : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * The rejected events of all environments.
     *
     * @param keep how long
     * @param max how many in each environment
     */
    public RejectedEvents(ControlDatabase database, InstantSource clock, Duration keep, int max) {
        this.database = database;
        this.clock = clock;
        this.keep = keep;
        this.max = max;
    }

    /**
     * Keeps rejections in the order given, in one transaction.
     *
     * @param origin the import or the run they belong to, null for pushed events
     */
    public void add(Environment environment, Source source, @Nullable String origin, List<Rejection> rejections) {
        if (rejections.isEmpty()) {
            return;
        }
        // Of more than there is room for, the first would be gone again by the end of this transaction.
        List<Rejection> kept = rejections.subList(Math.max(0, rejections.size() - max), rejections.size());
        long now = Timestamps.micros(clock.instant());
        database.write(handle -> {
            expire(handle, environment, now);
            RejectedRows.insert(handle, environment, source, origin, kept, now);
            long beyond = RejectedRows.count(handle, environment) - max;
            int dropped = beyond > 0 ? RejectedRows.deleteOldest(handle, environment, beyond) : 0;
            RejectedRows.addDropped(handle, environment, dropped + (rejections.size() - kept.size()));
            return null;
        });
    }

    /** A page, the newest first. */
    public Page<RejectedEvent> list(Environment environment, RejectedFilter filter, PageRequest page) {
        return database.read(handle -> Page.of(
                RejectedRows.list(handle, environment, filter, page, oldest()),
                page,
                RejectedRows.total(handle, environment, filter, oldest()),
                RejectedEvent::number));
    }

    /** One of them. */
    public Optional<RejectedEvent> find(Environment environment, long number) {
        return database.read(handle -> RejectedRows.find(handle, environment, number, oldest()));
    }

    /** How many an environment lost so far because there were too many. */
    public long dropped(Environment environment) {
        return database.read(handle -> RejectedRows.dropped(handle, environment));
    }

    /** Forgets one, after it was accepted at last. */
    public void remove(Environment environment, long number) {
        database.write(handle -> RejectedRows.delete(handle, environment, number));
    }

    /** Says why a further try failed. */
    public void update(Environment environment, long number, EventError error) {
        database.write(handle -> RejectedRows.update(handle, environment, number, error));
    }

    /** Forgets what names one of these customers, as part of erasing a person's data. Returns how many. */
    public int erase(Environment environment, Set<String> customerIds) {
        return customerIds.isEmpty()
                ? 0
                : database.write(handle -> RejectedRows.erase(handle, environment, customerIds));
    }

    /** Forgets what is too old in all environments; it also happens whenever something is added. */
    public void expire() {
        long now = Timestamps.micros(clock.instant());
        database.write(handle -> {
            for (Environment environment : Environment.values()) {
                expire(handle, environment, now);
            }
            return null;
        });
    }

    private void expire(Handle handle, Environment environment, long now) {
        RejectedRows.deleteBefore(
                handle, environment, Timestamps.micros(Timestamps.instant(now).minus(keep)));
    }

    private long oldest() {
        return Timestamps.micros(clock.instant().minus(keep));
    }
}
