package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.Period;
import io.meterline.event.PropertyValue;
import io.meterline.store.EventTypeSummary.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scans: all that matches, once. */
interface ScanCases extends StoreCases {

    /** What a scan handed over. */
    final class Scanned implements EventScan.Sink {
        private final List<StoredEvent> events = new ArrayList<>();
        private Map<String, Set<Kind>> properties = Map.of();
        private boolean ended;

        @Override
        public void begin(Map<String, Set<Kind>> named) {
            assertThat(events).isEmpty();
            properties = named;
        }

        @Override
        public void accept(StoredEvent event) {
            assertThat(ended).isFalse();
            events.add(event);
        }

        @Override
        public void end() {
            ended = true;
        }

        private List<String> ids() {
            assertThat(ended).isTrue();
            return events.stream().map(it -> it.event().recordId()).sorted().toList();
        }
    }

    private Scanned scan(EventScan scan) {
        Scanned scanned = new Scanned();
        store().scan(Environment.LIVE, scan, scanned);
        return scanned;
    }

    @Test
    default void aScanHasTheCurrentVersionOfEveryRecordAsAListingHasIt() {
        List<Event> events = IntStream.range(0, 5_000)
                .mapToObj(i -> event(i % 2 == 0 ? TYPE : "storage")
                        .id("id-" + i % 3_000)
                        .with("n", i)
                        .build())
                .toList();
        write(Environment.LIVE, events);
        Scanned scanned = scan(EventScan.ALL);
        assertThat(scanned.events).hasSize(3_000);
        assertThat(scanned.events)
                .containsAll(
                        store().list(Environment.LIVE, EventQuery.all(1_000)).events());
        assertThat(store().list(Environment.LIVE, EventQuery.all(1)).total()).isEqualTo(3_000);
    }

    @Test
    default void aScanTakesTheConditionsOfAListing() {
        write(
                event(TYPE)
                        .id("a")
                        .customer(1)
                        .at("2026-01-05T00:00:00Z")
                        .with("p", "x")
                        .build(),
                event(TYPE)
                        .id("b")
                        .customer(2)
                        .at("2026-01-05T00:00:00Z")
                        .with("p", "x")
                        .build(),
                event(TYPE)
                        .id("c")
                        .customer(1)
                        .at("2026-02-05T00:00:00Z")
                        .with("p", "x")
                        .build(),
                event(TYPE)
                        .id("d")
                        .customer(1)
                        .at("2026-01-05T00:00:00Z")
                        .with("p", "y")
                        .build(),
                event("storage")
                        .id("e")
                        .customer(1)
                        .at("2026-01-05T00:00:00Z")
                        .with("p", "x")
                        .build());
        EventScan scan = new EventScan(
                TYPE,
                Set.of(1L),
                null,
                new Period(TestEvents.micros("2026-01-01T00:00:00Z"), TestEvents.micros("2026-02-01T00:00:00Z")),
                Period.ALWAYS,
                new Filter.Compare("p", Filter.Operator.EQUALS, List.of(new PropertyValue.Text("x"))));
        assertThat(scan(scan).ids()).containsExactly("a");
        assertThat(scan(EventScan.ALL).ids()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    default void aScanBeginsWithThePropertiesAndTheirKinds() {
        write(
                event(TYPE).id("a").with("p", "x").with("q", 1).build(),
                event("storage").id("b").with("p", true).with("only_null", null).build());
        assertThat(scan(EventScan.ALL).properties)
                .isEqualTo(
                        Map.of("p", Set.of(Kind.TEXT, Kind.BOOLEAN), "q", Set.of(Kind.NUMBER), "only_null", Set.of()));
    }

    @Test
    default void aScanOfAnUnknownTypeHasNothing() {
        Scanned scanned = scan(new EventScan("nothing", null, null, Period.ALWAYS, Period.ALWAYS, Filter.NONE));
        assertThat(scanned.ids()).isEmpty();
        assertThat(scanned.properties).isEmpty();
    }
}
