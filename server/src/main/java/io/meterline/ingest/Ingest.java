package io.meterline.ingest;

import io.meterline.customer.CreatePolicy;
import io.meterline.customer.Resolution;
import io.meterline.event.CustomerId;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.Source;
import io.meterline.ingest.Pushed.Created;
import io.meterline.store.EventWriter;
import io.meterline.store.OverloadedException;
import io.meterline.store.StoreFailedException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes events all the way in: judged, given their customers, durable in the store.
 *
 * <p>What is refused is kept before the answer goes out. When the store is overloaded, nothing of a batch was taken.
 */
public final class Ingest {

    private final EventWriter writer;
    private final CustomerResolver customers;
    private final RejectedEvents rejected;
    private final InstantSource clock;
    private final Function<Environment, IngestRules> rules;
    private final IngestCounts counts = new IngestCounts();

    public Ingest(
            EventWriter writer,
            CustomerResolver customers,
            RejectedEvents rejected,
            InstantSource clock,
            Function<Environment, IngestRules> rules) {
        this.writer = writer;
        this.customers = customers;
        this.rejected = rejected;
        this.clock = clock;
        this.rules = rules;
    }

    /** A parser for one request, at the present moment and with the rules of its environment. */
    public EventParser parser(PushOptions options) {
        IngestRules now = rules.apply(options.environment());
        return new EventParser(
                options,
                new TimestampRules(clock.instant(), now.futureTolerance()),
                new NumberRules(now.excessDigits()));
    }

    /**
     * Writes the valid events of a batch as one group, waits until it is durable, and keeps what was refused.
     *
     * <p>Throws {@link OverloadedException} when the store's queue or the disk is full (nothing was taken, though customers
     * may exist now) and {@link StoreFailedException} when the group could not be written.
     */
    public Pushed push(Batch batch, PushOptions options) {
        Pushed pushed = begin(batch).await();
        keep(pushed.batch(), pushed.failed(), options);
        return pushed;
    }

    /** Queues the valid events of a batch without waiting. Throws as {@link #push} does; keeps nothing. */
    public Pending begin(Batch batch) {
        Environment environment = batch.environment();
        List<RefusedEvent> failed = new ArrayList<>(batch.refused());
        List<ParsedEvent> admitted = admit(environment, batch.events(), failed);
        List<Created> created = resolve(environment, admitted, failed);
        failed.sort(Comparator.comparingInt(RefusedEvent::index));
        List<Event> events = new ArrayList<>(created.size());
        for (Created event : created) {
            events.add(event.parsed().of(event.customer().number()));
        }
        Pushed pushed = new Pushed(batch, created, failed);
        if (events.isEmpty()) {
            counts.refused(failed);
            return new Pending(pushed, null);
        }
        EventWriter.Receipt receipt = writer.append(environment, events);
        counts.refused(failed);
        Source source = events.getFirst().source();
        var _ = receipt.durable().thenRun(() -> counts.accepted(environment, source, events.size()));
        return new Pending(pushed, receipt);
    }

    /** How many came in so far. */
    public IngestCounts counts() {
        return counts;
    }

    /**
     * All that {@link #begin} would refuse of a batch, in the order sent. It makes no customer; what an event needs in the
     * store stays reserved for it.
     */
    public List<RefusedEvent> check(Batch batch) {
        Environment environment = batch.environment();
        List<RefusedEvent> failed = new ArrayList<>(batch.refused());
        List<ParsedEvent> admitted = admit(environment, batch.events(), failed);
        Set<String> ids = customerIds(admitted);
        boolean creates = rules.apply(environment).unknownCustomers() == CreatePolicy.CREATE;
        Map<String, Resolution> found =
                ids.isEmpty() ? Map.of() : customers.resolve(environment, ids, CreatePolicy.REFUSE);
        for (ParsedEvent parsed : admitted) {
            if (found.get(parsed.customer()) instanceof Resolution.Refused refused) {
                EventError error = unknown(refused);
                boolean wouldBeMade = creates
                        && error.code() == EventErrorCode.UNKNOWN_CUSTOMER
                        && !CustomerId.isOne(parsed.customer());
                if (!wouldBeMade) {
                    failed.add(parsed.refused(error));
                }
            }
        }
        failed.sort(Comparator.comparingInt(RefusedEvent::index));
        return failed;
    }

    /** Keeps refused events, all of one request in one transaction. */
    void keep(Batch batch, List<RefusedEvent> failed, PushOptions options) {
        if (!failed.isEmpty()) {
            rejected.add(
                    options.environment(),
                    options.source(),
                    null,
                    failed.stream()
                            .map(event -> Rejection.of(event, batch.body()))
                            .toList());
        }
    }

    private List<ParsedEvent> admit(Environment environment, List<ParsedEvent> events, List<RefusedEvent> failed) {
        List<ParsedEvent> admitted = new ArrayList<>(events.size());
        for (ParsedEvent parsed : events) {
            EventWriter.Limit limit = writer.admit(environment, parsed.event());
            if (limit == null) {
                admitted.add(parsed);
            } else {
                failed.add(parsed.refused(passed(limit)));
            }
        }
        return admitted;
    }

    private List<Created> resolve(Environment environment, List<ParsedEvent> events, List<RefusedEvent> failed) {
        Set<String> ids = customerIds(events);
        CreatePolicy policy = rules.apply(environment).unknownCustomers();
        Map<String, Resolution> found = ids.isEmpty() ? Map.of() : customers.resolve(environment, ids, policy);
        List<Created> created = new ArrayList<>(events.size());
        for (ParsedEvent parsed : events) {
            switch (found.get(parsed.customer())) {
                case Resolution.Resolved customer -> created.add(new Created(parsed, customer));
                case Resolution.Refused refused -> failed.add(parsed.refused(unknown(refused)));
                case null -> throw new IllegalStateException("a customer id was left without an answer");
            }
        }
        return created;
    }

    private static Set<String> customerIds(List<ParsedEvent> events) {
        Set<String> ids = new LinkedHashSet<>();
        for (ParsedEvent parsed : events) {
            ids.add(parsed.customer());
        }
        return ids;
    }

    private static EventError passed(EventWriter.Limit limit) {
        return switch (limit) {
            case TOO_MANY_EVENT_TYPES -> EventErrorCode.TOO_MANY_EVENT_TYPES.at("event_type");
            case TOO_MANY_PROPERTIES -> EventErrorCode.TOO_MANY_PROPERTIES.at("record");
        };
    }

    private static EventError unknown(Resolution.Refused refused) {
        EventErrorCode code = refused.code().equals(EventErrorCode.INVALID_CUSTOMER_ID.text())
                ? EventErrorCode.INVALID_CUSTOMER_ID
                : EventErrorCode.UNKNOWN_CUSTOMER;
        return new EventError(code, "customer_id", refused.message());
    }

    /**
     * A batch on its way to the disk.
     *
     * @param pushed what becomes of it once it is durable
     * @param receipt null when no event of it was valid
     */
    public record Pending(Pushed pushed, EventWriter.@Nullable Receipt receipt) {

        /**
         * Waits until it is durable. Throws {@link StoreFailedException} when it could not be written, {@link
         * OverloadedException} when that is because the disk is full.
         */
        public Pushed await() {
            if (receipt != null) {
                try {
                    var _ = receipt.durable().join();
                } catch (CompletionException e) {
                    throw switch (e.getCause()) {
                        case StoreFailedException failed -> failed;
                        case OverloadedException full -> full;
                        case null, default -> new StoreFailedException("a group of events could not be written", e);
                    };
                }
            }
            return pushed;
        }
    }
}
