package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestListing.listing;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.Period;
import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Listings: what they hold, in which order, page by page. */
interface ListingCases extends StoreCases {

    private List<String> ids(TestListing listing) {
        return page(listing).events().stream().map(it -> it.event().recordId()).toList();
    }

    private EventPage page(TestListing listing) {
        return store().list(Environment.LIVE, listing.build());
    }

    private long now() {
        return Timestamps.micros(clock().instant());
    }

    /** Five events: a, b, c, d of api_calls and e of storage; accepted in this order, an hour apart. */
    private void writeFive() {
        List<Event> events = List.of(
                event(TYPE)
                        .id("a")
                        .customer(1)
                        .at("2026-01-05T00:00:00Z")
                        .with("p", 1)
                        .build(),
                event(TYPE)
                        .id("b")
                        .customer(2)
                        .at("2026-01-03T00:00:00Z")
                        .with("p", "x")
                        .build(),
                event(TYPE)
                        .id("c")
                        .customer(1)
                        .imported()
                        .at("2026-01-04T00:00:00Z")
                        .with("p", "3")
                        .build(),
                event(TYPE)
                        .id("d")
                        .customer(3)
                        .pulled(9)
                        .at("2026-01-01T00:00:00Z")
                        .build(),
                event("storage")
                        .id("e")
                        .customer(2)
                        .at("2026-01-02T00:00:00Z")
                        .with("p", 1)
                        .build());
        for (Event event : events) {
            write(event);
            clock().advance(Duration.ofHours(1));
        }
    }

    @Test
    default void emptyStoreListsNothing() {
        assertThat(page(listing())).isEqualTo(new EventPage(List.of(), 0));
        assertThat(page(listing().type("unknown"))).isEqualTo(new EventPage(List.of(), 0));
    }

    @Test
    default void eventsAreListedInOrderOfTimestampOrAcceptance() {
        writeFive();

        assertThat(ids(listing())).containsExactly("d", "e", "b", "c", "a");
        assertThat(ids(listing().descending())).containsExactly("a", "c", "b", "e", "d");
        assertThat(ids(listing().byIngestion())).containsExactly("a", "b", "c", "d", "e");
        assertThat(ids(listing().byIngestion().descending())).containsExactly("e", "d", "c", "b", "a");
    }

    @Test
    default void everyConditionNarrowsAListing() {
        writeFive();

        assertThat(ids(listing().type(TYPE))).containsExactly("d", "b", "c", "a");
        assertThat(ids(listing().customers(1L, 3L))).containsExactly("d", "c", "a");
        assertThat(ids(listing().customers())).isEmpty();
        assertThat(ids(listing().ids("a", "e", "never"))).containsExactly("e", "a");
        assertThat(ids(listing().ids())).isEmpty();
        assertThat(ids(listing().source(Source.PUSH))).containsExactly("e", "b", "a");
        assertThat(ids(listing().source(Source.IMPORT))).containsExactly("c");
        assertThat(ids(listing().source(Source.LOADER))).containsExactly("d");
        assertThat(ids(listing().timestamps(TestUsage.period("2026-01-02T00:00:00Z", "2026-01-04T00:00:00Z"))))
                .containsExactly("e", "b");
        assertThat(ids(listing().where(TestUsage.is("p", Filter.Operator.EQUALS, 1))))
                .containsExactly("e", "a");
        assertThat(ids(listing()
                        .type(TYPE)
                        .customers(1L, 2L)
                        .source(Source.PUSH)
                        .where(TestUsage.is("p", Filter.Operator.IS_NOT_NULL))))
                .containsExactly("b", "a");
    }

    @Test
    default void listingByTimeOfAcceptanceIsHalfOpen() {
        long start = now();
        writeFive();
        long hour = WindowCases.HOUR_MICROS;

        assertThat(ids(listing().ingested(new Period(start + hour, start + 3 * hour))))
                .containsExactly("b", "c");
    }

    @Test
    default void listingMayHoldOnlyWhatAMeasureCounts() {
        writeFive();

        assertThat(ids(listing().type(TYPE).countedBy(new Measure.Sum("p")))).containsExactly("c", "a");
        assertThat(ids(listing().type(TYPE).countedBy(new Measure.CountDistinct("p"))))
                .containsExactly("b", "c", "a");
        assertThat(ids(listing().type(TYPE).countedBy(new Measure.Count()))).containsExactly("d", "b", "c", "a");
        Expression reciprocal = new Expression.Binary(
                Expression.Operator.DIVIDE,
                new Expression.PropertyRef("p"),
                new Expression.Binary(
                        Expression.Operator.SUBTRACT,
                        new Expression.PropertyRef("p"),
                        new Expression.Constant(TestEvents.number("3"))));
        EventPage counted = page(listing().type(TYPE).countedBy(new Measure.Formula(reciprocal)));
        assertThat(counted.events().stream().map(it -> it.event().recordId())).containsExactly("a");
        assertThat(counted.total()).isEqualTo(1);
    }

    /** Long lists of customers and of events that cannot be counted, adjoining and with holes. */
    @Test
    default void listingMayNameHundredsOfCustomersAndLeaveOutHundredsOfEvents() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            events.add(event(TYPE)
                    .id(i)
                    .customer(i)
                    .with("p", i % 3 == 0 || i > 600 ? 0 : 1)
                    .build());
        }
        write(Environment.LIVE, events);
        Measure reciprocal = new Measure.Formula(new Expression.Binary(
                Expression.Operator.DIVIDE,
                new Expression.Constant(TestEvents.number("1")),
                new Expression.PropertyRef("p")));
        Long[] adjoining = LongStream.range(100, 400).boxed().toArray(Long[]::new);
        Long[] even =
                LongStream.range(100, 400).filter(it -> it % 2 == 0).boxed().toArray(Long[]::new);

        for (Long[] customers : List.of(adjoining, even)) {
            List<String> all = Arrays.stream(customers).map(String::valueOf).toList();
            assertThat(ids(listing().customers(customers).take(1_000))).containsExactlyElementsOf(all);
            assertThat(ids(listing()
                            .type(TYPE)
                            .customers(customers)
                            .countedBy(reciprocal)
                            .take(1_000)))
                    .containsExactlyElementsOf(all.stream()
                            .filter(it -> Integer.parseInt(it) % 3 != 0)
                            .toList());
        }
        assertThat(page(listing().type(TYPE).countedBy(reciprocal)).total()).isEqualTo(400);
    }

    @Test
    default void equalTimesAreListedInOrderOfAcceptance() {
        write(
                event(TYPE).id("z").build(),
                event(TYPE).id("a").build(),
                event("storage").id("m").build());

        assertThat(ids(listing())).containsExactly("z", "a", "m");
        assertThat(ids(listing().descending())).containsExactly("m", "a", "z");
        assertThat(ids(listing().byIngestion())).containsExactly("z", "a", "m");
    }

    @Test
    default void correctionIsListedOnceAtItsNewPlace() {
        write(event(TYPE).id("a").build(), event(TYPE).id("b").build());

        write(event(TYPE).id("a").with("p", 2).build());

        assertThat(ids(listing())).containsExactly("b", "a");
    }

    @Test
    default void ignoredVersionKeepsThePlace() {
        write(event(TYPE).id("a").build(), event(TYPE).id("b").build());
        clock().advance(Duration.ofHours(1));

        write(event(TYPE).id("a").at("2025-01-01T00:00:00Z").build());

        assertThat(ids(listing().byIngestion())).containsExactly("a", "b");
    }

    @Test
    default void acceptanceIsTheTimeOfTheCurrentVersion() {
        Event first = event(TYPE).id("a").build();
        write(first);
        clock().advance(Duration.ofHours(1));

        write(event(TYPE).id("a").with("p", 1).build());

        assertThat(current(first).ingestedAtMicros()).isEqualTo(now());
    }

    @Test
    default void takeAndSkipCutAPageAndTotalCountsAll() {
        writeFive();

        assertThat(ids(listing().take(2))).containsExactly("d", "e");
        assertThat(ids(listing().take(2).skip(2))).containsExactly("b", "c");
        assertThat(ids(listing().take(2).skip(4))).containsExactly("a");
        assertThat(ids(listing().take(2).skip(10_000))).isEmpty();
        assertThat(page(listing().take(2).skip(4)).total()).isEqualTo(5);
        assertThat(page(listing().type(TYPE).take(1)).total()).isEqualTo(4);
    }

    @Test
    default void positionsLeadThroughEqualTimesWithoutGapsOrRepeats() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(event(TYPE)
                    .id(i)
                    .at(TestEvents.micros("2026-01-01T00:00:00Z") + i / 7)
                    .build());
        }
        write(Environment.LIVE, events);
        List<String> rising = events.stream().map(Event::recordId).toList();
        List<String> falling = new ArrayList<>(rising);
        Collections.reverse(falling);

        assertThat(walk(listing(), EventQuery.Sort.TIMESTAMP)).isEqualTo(rising);
        assertThat(walk(listing().descending(), EventQuery.Sort.TIMESTAMP)).isEqualTo(falling);
        assertThat(walk(listing().byIngestion(), EventQuery.Sort.INGESTED_AT)).isEqualTo(rising);
        assertThat(walk(listing().byIngestion().descending(), EventQuery.Sort.INGESTED_AT))
                .isEqualTo(falling);
    }

    /** All ids, three at a time, each page behind the last event of the one before. */
    private List<String> walk(TestListing listing, EventQuery.Sort sort) {
        List<String> seen = new ArrayList<>();
        EventPage page = page(listing.take(3));
        while (!page.events().isEmpty()) {
            assertThat(page.total()).isEqualTo(40);
            page.events().forEach(it -> seen.add(it.event().recordId()));
            StoredEvent last = page.events().getLast();
            long place = switch (sort) {
                case TIMESTAMP -> last.event().timestampMicros();
                case INGESTED_AT -> last.ingestedAtMicros();
            };
            page = page(listing.after(new EventQuery.Position(place, last.sequence())));
        }
        return seen;
    }

    @Test
    default void positionHoldsWhileOtherEventsArrive() {
        writeFive();
        StoredEvent second = page(listing().take(2)).events().getLast();
        EventQuery.Position behindIt = new EventQuery.Position(second.event().timestampMicros(), second.sequence());

        write(event(TYPE).id("before").at("2025-01-01T00:00:00Z").build());
        write(event(TYPE).id("behind").at("2026-01-03T12:00:00Z").build());

        assertThat(ids(listing().after(behindIt))).containsExactly("b", "behind", "c", "a");
        assertThat(ids(listing().after(behindIt).skip(1).take(2))).containsExactly("behind", "c");
    }

    @Test
    default void listingMayNameThousandsOfIdsAndCustomers() {
        writeFive();
        Long[] customers = LongStream.range(2, 3_000).boxed().toArray(Long[]::new);
        String[] ids = Stream.concat(
                        Stream.of("a", "b"), IntStream.range(0, 5_000).mapToObj(i -> "id" + i))
                .toArray(String[]::new);

        assertThat(ids(listing().customers(customers))).containsExactly("d", "e", "b");
        assertThat(ids(listing().ids(ids))).containsExactly("b", "a");
    }

    @Test
    default void thousandEventsFitOnAPage() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            events.add(event(TYPE).id(i).at(1_000_000L * i).build());
        }
        write(Environment.LIVE, events);

        EventPage page = page(listing().take(1_000));

        assertThat(page.events()).hasSize(1_000);
        assertThat(page.total()).isEqualTo(1_200);
        assertThat(page.events().getLast().event().recordId()).isEqualTo("999");
    }
}
