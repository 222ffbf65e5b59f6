package io.meterline.console.event;

import io.meterline.console.Feed;
import io.meterline.console.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events of a list as they arrive: the rows that fit a screen, and how many there are a second. */
final class Tail implements Feed {

    private static final int MOST_ROWS = 25;
    private static final Duration FURTHEST_BACK = Duration.ofMinutes(1);

    private final Visit visit;
    private final EventFilter filter;
    private final InstantSource clock;
    private Instant since;
    private Instant looked;
    private long rate = -1;

    /** From where the feed before broke off, else from where its list ends; but not from too long ago. */
    Tail(Visit visit, EventFilter filter, InstantSource clock) {
        this.visit = visit;
        this.filter = filter.now();
        this.clock = clock;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant place = visit.call()
                .header("Last-Event-ID")
                .flatMap(Tail::instant)
                .or(() -> Optional.ofNullable(filter.asOf()))
                .orElse(now);
        Instant earliest = now.minus(FURTHEST_BACK);
        this.since = place.isBefore(earliest) ? earliest : place;
        this.looked = since;
    }

    @Override
    public Look look() {
        Stored.Listed arrived = Stored.list(visit.api(), filter.arrivedSince(since, MOST_ROWS));
        Instant now = clock.instant();
        long millis = Math.max(1, Duration.between(looked, now).toMillis());
        looked = now;
        List<Message> messages = new ArrayList<>();
        if (!arrived.data().isEmpty()) {
            // What one commit holds arrives in one moment and is seen at once, so nothing else follows at this one.
            since = arrived.data().getFirst().ingestedAt().plus(1, ChronoUnit.MICROS);
            messages.add(new Message("rows", "events/rows.jte", rows(arrived.data())));
        }
        long perSecond = Math.ceilDiv(arrived.meta().total() * 1_000, millis);
        if (perSecond != rate) {
            rate = perSecond;
            messages.add(new Message("rate", "events/rate.jte", rate));
        }
        return new Look(since.toString(), messages);
    }

    private ArrivedRows rows(List<Stored> events) {
        Customers customers = Customers.of(visit.api(), events);
        return new ArrivedRows(
                events.stream()
                        .map(event -> Row.of(visit, filter, event, customers, null))
                        .toList(),
                filter.shows("source"),
                filter.shows("record"),
                filter.shows("arrived"));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // Not one of ours.
        }
    }
}
