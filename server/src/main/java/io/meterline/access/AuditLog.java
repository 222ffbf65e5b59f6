package io.meterline.access;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Who changed what, with the thing as it was before and after. Kept for 400 days, so that a year can be compared with the one
 * before.
 */
public final class AuditLog {

    private static final Duration KEPT = Duration.ofDays(400);
    private static final int BATCH = 500;
    private static final String ERASURE = "/erase";

    private final ControlDatabase database;
    private final InstantSource clock;

    public AuditLog(ControlDatabase database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes down a change; it is durable when this returns. Before and after are kept up to 16,384 characters, cut between two
     * values of the JSON and marked as cut. Of an erasure neither is kept, nor an external id in its path: they would bring back what has just gone.
     */
    public void record(AuditChange change) {
        AuditChange kept = kept(change);
        database.write(handle -> {
            AuditRows.insert(handle, SecretToken.nextId("aud_"), now(), kept);
            return true;
        });
    }

    private static AuditChange kept(AuditChange change) {
        boolean erasure = change.path().endsWith(ERASURE);
        String path = AuditText.line(AuditText.decoded(change.path()));
        AuditErasure.Place place = new AuditErasure.Place(path, change.target());
        if (erasure) {
            String customer = path.substring(0, path.length() - ERASURE.length());
            place = place.without(Set.of(customer.substring(customer.lastIndexOf('/') + 1)));
        }
        return new AuditChange(
                change.actor(),
                change.environment(),
                change.method(),
                place.path(),
                AuditText.line(change.action()),
                place.target(),
                change.requestId(),
                erasure ? null : AuditText.capped(change.before()),
                erasure ? null : AuditText.capped(change.after()));
    }

    /** A page, the newest first. */
    public Page<AuditEntry> list(AuditFilter filter, PageRequest request) {
        return database.read(handle -> Page.of(
                AuditRows.page(handle, filter, request, oldest()),
                request,
                AuditRows.count(handle, filter, oldest()),
                AuditEntry::number));
    }

    /** One of them. */
    public Optional<AuditEntry> find(String id) {
        return database.read(
                handle -> AuditRows.byId(handle, id, oldest()).stream().findFirst());
    }

    /** Deletes what is older than 400 days. */
    public void expire() {
        long oldest = oldest();
        while (database.write(handle -> AuditRows.deleteBefore(handle, oldest, BATCH)) == BATCH) {
            // A transaction for each batch, so that others come in between.
        }
    }

    /**
     * Removes a customer's personal data: empties before and after of the entries about the customer, and takes external ids
     * out of their paths and targets. Who did what and when remains.
     *
     * @param names ids and external ids, current and earlier, also of those that were merged into it
     * @return how many entries that were
     */
    public int forget(Environment environment, Set<String> names) {
        List<Long> numbers = List.copyOf(database.read(handle -> AuditErasure.find(handle, environment, names)));
        for (int from = 0; from < numbers.size(); from += BATCH) {
            List<Long> batch = numbers.subList(from, Math.min(from + BATCH, numbers.size()));
            database.write(handle -> empty(handle, batch, names));
        }
        return numbers.size();
    }

    private static int empty(Handle handle, List<Long> numbers, Set<String> names) {
        AuditErasure.empty(handle, numbers, names);
        return numbers.size();
    }

    private long oldest() {
        return Timestamps.micros(clock.instant().minus(KEPT));
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
