package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.micros;
import static io.meterline.store.TestEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.store.EventTypeSummary.Kind;
import io.meterline.store.EventTypeSummary.PropertySummary;
import io.meterline.store.EventWriter.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Event types, their properties, and how many there may be. */
interface CatalogueCases extends StoreCases {

    private EventTypeSummary type(String name) {
        return store().eventTypes(Environment.LIVE).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private @Nullable Limit admit(Event event) {
        return store().admit(Environment.LIVE, event);
    }

    @Test
    default void emptyStoreKnowsNoTypes() {
        assertThat(store().eventTypes(Environment.LIVE)).isEmpty();
    }

    @Test
    default void typesAreListedByNameWithTheirCounts() {
        write(
                event("b").id("1").at("2026-01-02T00:00:00Z").build(),
                event("b").id("2").at("2026-01-01T00:00:00Z").build(),
                event("a").id("1").at("2026-01-03T00:00:00Z").build());
        write(event("b").id("1").at("2026-01-04T00:00:00Z").build());

        assertThat(store().eventTypes(Environment.LIVE))
                .containsExactly(
                        new EventTypeSummary(
                                "a", 1, micros("2026-01-03T00:00:00Z"), micros("2026-01-03T00:00:00Z"), List.of()),
                        new EventTypeSummary(
                                "b", 2, micros("2026-01-01T00:00:00Z"), micros("2026-01-04T00:00:00Z"), List.of()));
        assertThat(store().eventTypes(Environment.TEST)).isEmpty();
    }

    @Test
    default void propertiesAreListedWithTheKindsTheyArrivedWith() {
        writeValues("p", 1, number(NumberCases.MOST), "x", null);
        writeValues("q", List.of(), true, null);
        write(event(TYPE).id("n").with("never a value", null).with("P", 1).build());

        assertThat(type(TYPE).properties())
                .containsExactlyInAnyOrder(
                        new PropertySummary("p", Set.of(Kind.NUMBER, Kind.TEXT)),
                        new PropertySummary("q", Set.of(Kind.ARRAY, Kind.BOOLEAN)),
                        new PropertySummary("P", Set.of(Kind.NUMBER)),
                        new PropertySummary("never a value", Set.of()));
    }

    @Test
    default void typeWhoseEventsAreGoneKeepsItsProperties() {
        Event event = event(TYPE).id("1").with("p", 1).build();
        write(event);
        delete(event.key());

        assertThat(type(TYPE))
                .isEqualTo(new EventTypeSummary(
                        TYPE, 0, null, null, List.of(new PropertySummary("p", Set.of(Kind.NUMBER)))));
    }

    @Test
    default void moreThanAThousandEventTypesAreRefused() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(admit(event("type" + i).build())).isNull();
        }

        assertThat(admit(event("one more").build())).isEqualTo(Limit.TOO_MANY_EVENT_TYPES);
        assertThat(admit(event("Type1").build())).isEqualTo(Limit.TOO_MANY_EVENT_TYPES);
        assertThat(admit(event("type999").with("p", 1).build())).isNull();
        assertThat(store().admit(Environment.TEST, event("one more").build())).isNull();
    }

    @Test
    default void threadsTogetherGetNoMoreThanAThousandEventTypes() throws Exception {
        int threads = 12;
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String prefix = "type" + thread + "-";
            tasks.add(() -> {
                int admitted = 0;
                for (int i = 0; i < 100; i++) {
                    admitted += admit(event(prefix + i).build()) == null ? 1 : 0;
                }
                return admitted;
            });
        }
        int admitted = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> future : executor.invokeAll(tasks)) {
                admitted += future.get();
            }
        }

        assertThat(admitted).isEqualTo(1_000);
    }

    /** Events that together have so many properties, of 20 each. */
    private List<Event> eventsWithProperties(int howMany, Object value) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < howMany; i += 20) {
            TestEvents.Builder builder = event(TYPE).id(i);
            for (int j = i; j < Math.min(i + 20, howMany); j++) {
                builder.with("property " + j, value);
            }
            events.add(builder.build());
        }
        return events;
    }

    @Test
    default void moreThanFiveHundredColumnsAreRefused() {
        eventsWithProperties(500, 1).forEach(it -> assertThat(admit(it)).isNull());

        assertThat(admit(event(TYPE).with("one more", 1).build())).isEqualTo(Limit.TOO_MANY_PROPERTIES);
        assertThat(admit(event(TYPE).with("property 7", "another kind").build()))
                .isEqualTo(Limit.TOO_MANY_PROPERTIES);
        assertThat(admit(event(TYPE).with("Property 7", 1).build())).isEqualTo(Limit.TOO_MANY_PROPERTIES);
        assertThat(admit(
                        event(TYPE).with("property 7", number(NumberCases.MOST)).build()))
                .isNull();
        assertThat(admit(event(TYPE).with("property 7", null).build())).isNull();
        assertThat(admit(event("storage").with("one more", 1).build())).isNull();
        assertThat(store().admit(
                                Environment.TEST,
                                event(TYPE).with("one more", 1).build()))
                .isNull();
    }

    @Test
    default void propertyThatHasOnlyBeenNullTakesTheRoomOfOneKind() {
        eventsWithProperties(500, 1).forEach(it -> assertThat(admit(it)).isNull());
        assertThat(admit(event(TYPE).with("one more", null).build())).isEqualTo(Limit.TOO_MANY_PROPERTIES);

        assertThat(admit(event("nulls").with("n", null).build())).isNull();
        for (int i = 0; i < 499; i++) {
            assertThat(admit(event("nulls").with("property " + i, "x").build())).isNull();
        }
        assertThat(admit(event("nulls").with("n", "first kind").build())).isNull();
        assertThat(admit(event("nulls").with("n", 2).build())).isEqualTo(Limit.TOO_MANY_PROPERTIES);
    }

    @Test
    default void eventThatIsRefusedReservesNothing() {
        eventsWithProperties(499, 1).forEach(it -> assertThat(admit(it)).isNull());

        assertThat(admit(event(TYPE).with("a", 1).with("b", 1).build())).isEqualTo(Limit.TOO_MANY_PROPERTIES);

        assertThat(admit(event(TYPE).with("c", 1).build())).isNull();
        assertThat(admit(event(TYPE).with("a", 1).build())).isEqualTo(Limit.TOO_MANY_PROPERTIES);
    }

    @Test
    default void fiveHundredColumnsCanBeWrittenAndAskedFor() {
        List<Event> events = eventsWithProperties(500, 3);
        write(Environment.LIVE, events);

        assertThat(total(new Measure.Sum("property 499"))).isEqualTo("3/1");
        assertThat(type(TYPE).properties()).hasSize(500);
        assertThat(Row.of(current(events.getLast())).properties()).hasSize(20);
    }

    @Test
    default void fullCatalogueIsFullAfterARestart() {
        write(Environment.LIVE, eventsWithProperties(500, 1));

        restart();

        assertThat(admit(event(TYPE).with("one more", 1).build())).isEqualTo(Limit.TOO_MANY_PROPERTIES);
        assertThat(admit(event(TYPE).with("property 7", 1).build())).isNull();
        assertThat(type(TYPE).properties()).hasSize(500);
    }

    @Test
    default void eventsOfManyTypesFitIntoOneGroup() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            events.add(event("type" + i % 60).id(i).with("p", i).build());
        }
        write(Environment.LIVE, events);

        assertThat(store().eventTypes(Environment.LIVE)).hasSize(60).allMatch(it -> it.events() == 2);
        assertThat(ask(TestUsage.usage("type59", new Measure.Sum("p"))).total()).isEqualTo("178/2");
    }
}
