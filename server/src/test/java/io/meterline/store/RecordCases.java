package io.meterline.store;

import static io.meterline.store.TestEvents.event;
import static io.meterline.store.TestEvents.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.EventKey;
import io.meterline.event.Property;
import io.meterline.event.Timestamps;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is stored comes back as it was sent, whatever its names and values. */
interface RecordCases extends StoreCases {

    List<String> WEIRD_NAMES = List.of(
            "amount",
            "Amount",
            "AMOUNT",
            "with space",
            " leading",
            "trailing ",
            "\"double\"",
            "'single'",
            "`tick`",
            "back\\slash",
            "semi;colon",
            "x\"); DROP TABLE events; --",
            "' OR 1=1 --",
            "a.b",
            "a,b",
            "$1",
            "?",
            ":name",
            "%s{}[]()",
            "ключ",
            "価格",
            "😀",
            "é",
            "e\u0301");

    List<String> NAMES_OF_COLUMNS = List.of(
            "key",
            "event_type",
            "customer",
            "customer_id",
            "timestamp",
            "version",
            "sequence",
            "source",
            "ingested_at",
            "ingested_at_micros",
            "timestamp_micros",
            "record_id",
            "rowid",
            "ID",
            "Id",
            "c1",
            "c1_text",
            "p1",
            "p_1",
            "null",
            "select",
            "table",
            "*",
            "_");

    private void assertComesBack(Event event) {
        StoredEvent stored = current(event);
        Row expected = Row.of(new StoredEvent(event, stored.sequence(), Timestamps.micros(clock().instant())));
        assertThat(Row.of(stored)).isEqualTo(expected);
        assertThat(stored.event().key()).isEqualTo(event.key());
        EventPage page = store().list(
                        Environment.LIVE,
                        TestListing.listing()
                                .type(event.eventType())
                                .ids(event.recordId())
                                .build());
        assertThat(page.events().stream().map(Row::of)).containsExactly(expected);
    }

    @Test
    default void recordComesBackAsItWasSent() {
        Event event = event("new_transaction:v1.2-x")
                .id(485)
                .customer(7)
                .at("2026-01-05T21:56:52.123456Z")
                .with("amount", number("2500.50"))
                .with("huge", number(NumberCases.MOST))
                .with("least", number("-" + NumberCases.LEAST))
                .with("wide", number(NumberCases.WIDE))
                .with("text", "two\nlines")
                .with("yes", true)
                .with("no", false)
                .with("nothing", null)
                .build();
        write(event);

        assertComesBack(event);
        assertThat(current(event).event().properties())
                .contains(new Property("amount", TestEvents.value(number("2500.5"))));
    }

    @Test
    default void recordWithoutPropertiesComesBack() {
        Event event = event(TYPE).id("only").build();
        write(event);

        assertComesBack(event);
    }

    @Test
    default void explicitNullIsNotAMissingProperty() {
        Event explicit = event(TYPE).id("explicit").with("p", null).build();
        Event missing = event(TYPE).id("missing").build();
        Event later = event(TYPE).id("later").with("p", 5).build();
        write(explicit, missing);
        write(later);

        assertComesBack(explicit);
        assertComesBack(missing);
        assertComesBack(later);
    }

    @Test
    default void idKeepsItsKindAndItsDigits() {
        for (TestEvents.Builder builder : List.of(
                event(TYPE).id(485),
                event(TYPE).id("485x"),
                event(TYPE).id("0485"),
                event(TYPE).id(-7),
                event(TYPE).id(0),
                event(TYPE).numericId("123456789012345678901234567890"),
                event(TYPE).id("99"),
                event(TYPE).id(" "),
                event(TYPE).id("a\u001Fb"),
                event(TYPE).id("😀"),
                event(TYPE).id("x".repeat(500)))) {
            Event event = builder.build();
            write(event);

            assertComesBack(event);
        }
    }

    @Test
    default void idsThatDifferOnlyInCaseAreTwoRecords() {
        write(event(TYPE).id("a").build(), event(TYPE).id("A").build());

        assertThat(value(new Measure.Count())).isEqualTo("2");
    }

    @Test
    default void arraysComeBackElementByElement() {
        for (List<Object> elements : List.<List<Object>>of(
                List.of(),
                List.of("a"),
                List.of("a", "a", ""),
                List.of(1, "1", true, "true"),
                List.of(number(NumberCases.MOST), number("-" + NumberCases.LEAST), number("1.50"), number("0.00")),
                List.of("a,b", "[\"x\"]", "null", "\"", "\\", "\n", "\u0000", "\u001F", "😀"))) {
            Event event = event(TYPE).id("a").with("p", elements).build();
            write(event);

            assertComesBack(event);
        }
        Event nulls =
                event(TYPE).id("a").with("p", Arrays.asList(null, 1, null)).build();
        write(nulls);
        assertComesBack(nulls);
    }

    @Test
    default void textsComeBackCharacterByCharacter() {
        for (String text : List.of(
                "",
                " ",
                "\t",
                "\u0000",
                "a\u0000b",
                "\u001E",
                "\u001F",
                "a\u001Eb\u001Fc",
                "'",
                "\"",
                "\\",
                "\\N",
                "NULL",
                "null",
                "true",
                "1.0",
                "😀👩‍👩‍👧",
                "\uFEFFbom",
                "e\u0301",
                "\u2028",
                "\uFFFF",
                "\uDBFF\uDFFD",
                "é".repeat(4_096))) {
            Event event = event(TYPE).id("a").with("p", text).build();
            write(event);

            assertComesBack(event);
            assertThat(ask(TestUsage.usage(TYPE, new Measure.Count())
                                    .where(TestUsage.is("p", Filter.Operator.EQUALS, text)))
                            .total())
                    .isEqualTo("1/1");
        }
    }

    @Test
    default void propertyNamesAreComparedExactly() {
        assertNamesAreApart(WEIRD_NAMES);
    }

    @Test
    default void propertiesMayBeNamedLikeColumns() {
        assertNamesAreApart(NAMES_OF_COLUMNS);
    }

    @Test
    default void propertyNameMayHave128Characters() {
        String name = "n".repeat(127);

        assertNamesAreApart(List.of(name + "a", name + "b", name + "A", "é".repeat(128), "😀".repeat(64)));
    }

    /** Writes one event with all names, each with a number of its own, and asks for each of them in every way. */
    private void assertNamesAreApart(List<String> names) {
        TestEvents.Builder builder = event(TYPE).id("a");
        TestEvents.Builder texts = event(TYPE).id("b");
        for (int i = 0; i < names.size(); i++) {
            builder.with(names.get(i), 1_000 + i);
            texts.with(names.get(i), "text " + i);
        }
        write(builder.build());
        write(texts.build());

        assertComesBack(builder.build());
        assertComesBack(texts.build());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            assertThat(ask(TestUsage.usage(TYPE, new Measure.Sum(name))
                            .by(name)
                            .where(TestUsage.is(name, Filter.Operator.IN, 1_000 + i, "text " + i))))
                    .as(name)
                    .isEqualTo(new Answer(
                            1_000 + i + "/1",
                            List.of(),
                            Map.of(List.of(Integer.toString(1_000 + i)), List.of(1_000 + i + "/1")),
                            Map.of(Measure.PROPERTY_NOT_NUMERIC, 1L),
                            0));
        }
    }

    @Test
    default void recordMayHaveTwentyFiveProperties() {
        TestEvents.Builder builder = event(TYPE).id("a");
        for (int i = 1; i < 25; i++) {
            builder.with("property " + i, i % 2 == 0 ? "text" : i);
        }
        write(builder.build());

        assertComesBack(builder.build());
    }

    @Test
    default void keyThatIsUnknownFindsNothing() {
        assertThat(store().find(Environment.LIVE, EventKey.ofPushed(Environment.LIVE, TYPE, "never")))
                .isEmpty();
    }
}
