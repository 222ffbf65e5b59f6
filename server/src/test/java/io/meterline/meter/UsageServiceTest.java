package io.meterline.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterline.control.Status;
import io.meterline.event.Decimals;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.meter.UsageAnswer.Excluded;
import io.meterline.meter.UsageAnswer.Group;
import io.meterline.meter.UsageAnswer.Window;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery.Sort;
import io.meterline.store.Filter;
import io.meterline.store.ReferenceEventStore;
import io.meterline.store.TestEvents;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UsageServiceTest {

    private static final Instant NOW = Instant.parse("2026-02-15T12:00:00Z");
    private static final UsageTerms JANUARY = UsageTerms.period(at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"));

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final ReferenceEventStore store = new ReferenceEventStore(clock);
    private final FakeCustomers customers = new FakeCustomers();
    private final UsageService service = new UsageService(store, customers, clock);
    private int lastId;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', nullValues = "null", textBlock = """
            "operation":"count"                                            | 6 | 6
            "operation":"sum","property":"x"                               | 11.5 | 4
            "operation":"max","property":"x"                               | 7 | 4
            "operation":"min","property":"x"                               | -1.5 | 4
            "operation":"average","property":"x"                           | 2.875 | 4
            "operation":"latest","property":"x"                            | -1.5 | 4
            "operation":"count_distinct","property":"x"                    | 5 | 5
            "operation":"percentile","property":"x","percentile":50        | 3 | 4
            "operation":"percentile","property":"x","percentile":"90"      | 5.8 | 4
            "operation":"formula","formula":"x * 2 + 1"                    | 27 | 4
            "operation":"formula","formula":"10 / (x - 3)"                 | 0.277777777777777778 | 2
            "operation":"weighted_sum","property":"x"                      | 9.629032258064516129 | 4
            """)
    void everyOperationAnswersItsFigure(String fields, BigDecimal value, long events) {
        // Given
        push(1, "2026-01-02T00:00:00Z", "x", 7);
        push(1, "2026-01-12T00:00:00Z", "x", 3);
        push(2, "2026-01-22T00:00:00Z", "x", "3.0");
        push(2, "2026-01-31T00:00:00Z", "x", new BigDecimal("-1.5"));
        push(2, "2026-01-31T12:00:00Z", "x", "much");
        push(2, "2026-01-31T13:00:00Z", "y", 1);
        push(1, "2025-12-31T23:59:59.999999Z", "x", 1_000);
        push(1, "2026-02-01T00:00:00Z", "x", 1_000);

        // When
        UsageAnswer answer = ask(TestDefinitions.usage(fields), JANUARY);

        // Then
        assertThat(answer.value()).isEqualTo(value);
        assertThat(answer.events()).isEqualTo(events);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", quoteCharacter = '\'', textBlock = """
            "operation":"count"                                      | 0
            "operation":"count_distinct","property":"x"              | 0
            "operation":"sum","property":"x"                         | null
            "operation":"max","property":"x"                         | null
            "operation":"min","property":"x"                         | null
            "operation":"average","property":"x"                     | null
            "operation":"latest","property":"x"                      | null
            "operation":"percentile","property":"x","percentile":50  | null
            "operation":"formula","formula":"x"                      | null
            "operation":"weighted_sum","property":"x"                | null
            """)
    void overNoEventsThereIsNoValueExceptForCounts(String fields, @Nullable BigDecimal value) {
        UsageAnswer answer = ask(TestDefinitions.usage(fields), JANUARY);

        assertThat(answer.value()).isEqualTo(value);
        assertThat(answer.events()).isZero();
    }

    @Test
    void whatCannotBeCountedIsReportedWithItsReason() {
        // Given
        push(1, "2026-01-02T00:00:00Z", "x", "12.50");
        push(1, "2026-01-03T00:00:00Z", "x", "1e3");
        push(1, "2026-01-03T00:00:00Z", "x", true);
        push(1, "2026-01-04T00:00:00Z", "x", null);

        // When
        UsageAnswer answer = ask(TestDefinitions.usage("\"operation\":\"sum\",\"property\":\"x\""), JANUARY);

        // Then
        assertThat(answer.value()).isEqualTo(new BigDecimal("12.5"));
        assertThat(answer.events()).isEqualTo(1);
        assertThat(answer.coerced().events()).isEqualTo(1);
        assertThat(answer.excluded())
                .containsExactly(new Excluded("property_missing", 1), new Excluded("property_not_numeric", 2));
    }

    @Test
    void anAnswerSaysWhatWasAsked() {
        Aggregator aggregator = new Aggregator("agg_1", 3, TestDefinitions.sum("usage", "x"), Status.ACTIVE, NOW, NOW);

        UsageAnswer answer = service.usage(Environment.LIVE, aggregator, JANUARY, GroupPage.FIRST);

        assertThat(answer.aggregatorId()).isEqualTo("agg_1");
        assertThat(answer.from()).isEqualTo(at("2026-01-01T00:00:00Z"));
        assertThat(answer.to()).isEqualTo(at("2026-02-01T00:00:00Z"));
        assertThat(answer.mode()).isEqualTo(Mode.PERIOD);
        assertThat(answer.unitName()).isEqualTo("unit");
        assertThat(answer.groups()).isEmpty();
        assertThat(answer.windows()).isEmpty();
        assertThat(answer.meta().nextCursor()).isNull();
    }

    @Test
    void allTimeCountsEveryRecordDatedBeforeItsEnd() {
        // Given
        push(1, "2001-01-01T00:00:00Z", "x", 1);
        push(1, "2026-02-15T11:59:59Z", "x", 1);
        push(1, "2026-02-15T12:00:00Z", "x", 1);

        // When
        UsageAnswer now = ask(TestDefinitions.count("usage"), allTime(null));
        UsageAnswer later = ask(TestDefinitions.count("usage"), allTime(at("2026-02-16T00:00:00Z")));

        // Then
        assertThat(now.value()).isEqualTo(BigDecimal.TWO);
        assertThat(now.from()).isNull();
        assertThat(now.to()).isEqualTo(NOW);
        assertThat(later.value()).isEqualTo(BigDecimal.valueOf(3));
    }

    @Test
    void filtersNestAndMissingPropertiesAreNull() {
        // Given
        push(1, "2026-01-02T00:00:00Z", "plan", "pro", "size", 5);
        push(1, "2026-01-02T00:00:00Z", "plan", "pro", "size", 50);
        push(1, "2026-01-02T00:00:00Z", "plan", "free", "size", 50);
        push(1, "2026-01-02T00:00:00Z", "plan", "pro", "size", 50, "deleted_at", "2026-01-03");
        Definition definition = TestDefinitions.usage("""
                "operation":"count","filter":{"conditional":"and","fields":[
                  {"property":"deleted_at","operator":"is null"},
                  {"conditional":"or","fields":[
                    {"property":"plan","operator":"in","value":"free, trial"},
                    {"property":"size","operator":"greaterThan","value":"10"}]}]}""");

        // When
        UsageAnswer answer = ask(definition, JANUARY);

        // Then
        assertThat(answer.value()).isEqualTo(BigDecimal.TWO);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris,2026-03-29,23",
        "Europe/Paris,2026-10-25,25",
        "America/New_York,2026-03-08,23",
        "America/New_York,2026-11-01,25",
        "Australia/Lord_Howe,2026-10-04,23",
        "Australia/Lord_Howe,2026-04-05,24"
    })
    void onDaysOfClockChangesNothingIsLostOrCountedTwice(String zone, String date, int hours) {
        // Given
        ZoneId id = ZoneId.of(zone);
        Instant from = LocalDate.parse(date).atStartOfDay(id).toInstant();
        Instant to = LocalDate.parse(date).plusDays(1).atStartOfDay(id).toInstant();
        long events = 0;
        for (Instant time = from.minusSeconds(1800);
                time.isBefore(to.plusSeconds(3600));
                time = time.plusSeconds(1800)) {
            push(1, time.toString());
            events += time.isBefore(from) || !time.isBefore(to) ? 0 : 1;
        }

        // When
        UsageAnswer answer = ask(
                TestDefinitions.count("usage"),
                new UsageTerms(Mode.PERIOD, from, to, WindowSize.HOUR, id, List.of(), null));

        // Then
        assertThat(answer.windows()).hasSize(hours);
        assertThat(answer.events()).isEqualTo(events);
        assertThat(answer.windows().stream().mapToLong(Window::events).sum()).isEqualTo(events);
        assertThat(answer.windows())
                .allSatisfy(window -> assertThat(window.events())
                        .isEqualTo(Duration.between(window.from(), window.to()).dividedBy(Duration.ofMinutes(30))));
    }

    @Test
    void emptyWindowsAreThereAndALevelGoesOnFromWindowToWindow() {
        // Given
        push(1, "2026-01-06T00:00:00Z", "x", 10);
        push(1, "2026-01-19T12:00:00Z", "x", -4);
        UsageTerms weeks = new UsageTerms(
                Mode.PERIOD,
                at("2026-01-05T00:00:00Z"),
                at("2026-01-20T00:00:00Z"),
                WindowSize.WEEK,
                ZoneId.of("UTC"),
                List.of(),
                null);

        // When
        UsageAnswer count = ask(TestDefinitions.count("usage"), weeks);
        UsageAnswer level = ask(TestDefinitions.usage("\"operation\":\"weighted_sum\",\"property\":\"x\""), weeks);

        // Then
        assertThat(count.windows()).extracting(Window::value).containsExactly(number("1"), number("0"), number("1"));
        assertThat(count.windows())
                .extracting(Window::from)
                .containsExactly(at("2026-01-05T00:00:00Z"), at("2026-01-12T00:00:00Z"), at("2026-01-19T00:00:00Z"));
        assertThat(level.windows())
                .extracting(Window::value)
                .containsExactly(number("8.571428571428571429"), number("10"), number("8"));
        assertThat(level.windows()).extracting(Window::events).containsExactly(1L, 0L, 1L);
    }

    @Test
    void carryOverStartsAtTheLevelThatEarlierEventsLeft() {
        push(1, "2025-06-01T00:00:00Z", "x", 31);
        push(1, "2026-01-31T00:00:00Z", "x", 31);

        UsageAnswer from0 = ask(TestDefinitions.usage("\"operation\":\"weighted_sum\",\"property\":\"x\""), JANUARY);
        UsageAnswer carried = ask(
                TestDefinitions.usage("\"operation\":\"weighted_sum\",\"property\":\"x\",\"carry_over\":true"),
                JANUARY);

        assertThat(from0.value()).isEqualTo(number("1"));
        assertThat(carried.value()).isEqualTo(number("32"));
        assertThat(carried.events()).isEqualTo(1);
    }

    @Test
    void aCustomerCountsWithThoseMergedIntoIt() {
        // Given
        push(1, "2026-01-02T00:00:00Z", "x", 1);
        push(2, "2026-01-02T00:00:00Z", "x", 10);
        push(3, "2026-01-02T00:00:00Z", "x", 100);
        customers.merge(1, 2);
        Definition sum = TestDefinitions.sum("usage", "x");

        // When
        UsageAnswer whole = ask(sum, JANUARY.ofCustomer("ext_2"));
        UsageAnswer merged = ask(sum, JANUARY.ofCustomer("cus_1"));
        UsageAnswer groups = ask(sum, by("customer_id"));

        // Then
        assertThat(whole.value()).isEqualTo(number("11"));
        assertThat(merged.value()).isEqualTo(number("11"));
        assertThat(groups.groups())
                .extracting(Group::key, Group::value)
                .containsExactly(
                        tuple(Map.of("customer_id", "cus_3", "external_customer_id", "ext_3"), "100"),
                        tuple(Map.of("customer_id", "cus_2", "external_customer_id", "ext_2"), "11"));
    }

    @Test
    void aCustomerWithoutExternalIdIsShownWithout() {
        push(9, "2026-01-02T00:00:00Z");

        Map<String, @Nullable String> key = ask(TestDefinitions.count("usage"), by("customer_id"))
                .groups()
                .getFirst()
                .key();

        assertThat(key).containsEntry("customer_id", "cus_9").containsEntry("external_customer_id", null);
    }

    @Test
    void anUnknownCustomerIsNotFound() {
        RuleException refused = refused(() -> ask(TestDefinitions.count("usage"), JANUARY.ofCustomer("nobody")));

        assertThat(refused.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(refused.code()).isEqualTo("unknown_customer");
    }

    @Test
    void groupsComeByValueThenKeyAndEventsWithoutThePropertyAreAGroup() {
        // Given
        push(1, "2026-01-02T00:00:00Z", "region", "us", "x", 5);
        push(1, "2026-01-02T00:00:00Z", "region", "eu", "x", 5);
        push(1, "2026-01-02T00:00:00Z", "region", 7, "x", 5);
        push(2, "2026-01-02T00:00:00Z", "x", 5);
        push(2, "2026-01-02T00:00:00Z", "region", "ap", "x", 6);
        push(2, "2026-01-02T00:00:00Z", "region", "zz", "x", -1);

        // When
        UsageAnswer answer = ask(TestDefinitions.sum("usage", "x"), by("region"));

        // Then
        List<@Nullable String> regions = new ArrayList<>();
        answer.groups().forEach(group -> regions.add(group.key().get("region")));
        assertThat(regions).containsExactly("ap", "7", "eu", "us", null, "zz");
        assertThat(answer.value()).isEqualTo(number("25"));
        assertThat(answer.meta().total()).isEqualTo(6);
    }

    @Test
    void groupsCarryTheirOwnWindows() {
        // Given
        push(1, "2026-01-02T00:00:00Z", "region", "eu", "x", 1);
        push(1, "2026-01-04T00:00:00Z", "region", "us", "x", 2);
        UsageTerms terms = new UsageTerms(
                Mode.PERIOD,
                at("2026-01-02T00:00:00Z"),
                at("2026-01-05T00:00:00Z"),
                WindowSize.DAY,
                ZoneId.of("UTC"),
                List.of("region", "customer_id"),
                null);

        // When
        List<Group> groups = ask(TestDefinitions.count("usage"), terms).groups();

        // Then
        assertThat(groups).hasSize(2);
        assertThat(groups.getFirst().key().keySet()).containsExactly("region", "customer_id", "external_customer_id");
        assertThat(groups.getFirst().windows())
                .extracting(Window::value)
                .containsExactly(number("1"), number("0"), number("0"));
        assertThat(groups.getLast().windows())
                .extracting(Window::value)
                .containsExactly(number("0"), number("0"), number("1"));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "7", "100"})
    void pagesOfGroupsAreTogetherAllOfThem(int take) {
        // Given
        for (int i = 0; i < 20; i++) {
            push(1, "2026-01-02T00:00:00Z", "region", i == 0 ? null : "r" + i, "x", i % 4);
        }
        Definition sum = TestDefinitions.sum("usage", "x");
        List<Group> all = ask(sum, by("region")).groups();

        // When
        List<Group> read = new ArrayList<>();
        String cursor = null;
        do {
            UsageAnswer page = service.usage(Environment.LIVE, sum, by("region"), new GroupPage(take, 0, cursor));
            assertThat(page.meta().total()).isEqualTo(20);
            assertThat(page.groups()).hasSizeLessThanOrEqualTo(take);
            read.addAll(page.groups());
            cursor = page.meta().nextCursor();
        } while (cursor != null);
        List<Group> skipped = service.usage(Environment.LIVE, sum, by("region"), new GroupPage(take, 5, null))
                .groups();

        // Then
        assertThat(read).isEqualTo(all).hasSize(20);
        assertThat(skipped).isEqualTo(all.subList(5, Math.min(20, 5 + take)));
    }

    @Test
    void aChangedCursorIsRefused() {
        push(1, "2026-01-02T00:00:00Z", "x", 1);

        for (String cursor : List.of("?", "", "e30", "WzFd", "bnVsbA")) {
            GroupPage page = new GroupPage(1, 0, cursor);
            RuleException refused =
                    refused(() -> service.usage(Environment.LIVE, TestDefinitions.count("usage"), by("x"), page));
            assertThat(refused.code()).isEqualTo("invalid_cursor");
        }
    }

    @Test
    void whatIsAskedWronglyIsRefusedWithItsCode() {
        Definition count = TestDefinitions.count("usage");
        Instant from = JANUARY.from();
        Instant to = JANUARY.to();

        assertThat(refused(() -> ask(count, terms(Mode.PERIOD, null, null, null)))
                        .violations())
                .extracting(Violation::path)
                .containsExactly("from", "to");
        assertThat(codeOf(count, terms(Mode.PERIOD, from, null, null))).isEqualTo("missing_period");
        assertThat(codeOf(count, terms(Mode.PERIOD, null, to, null))).isEqualTo("missing_period");
        assertThat(codeOf(count, terms(Mode.PERIOD, to, from, null))).isEqualTo("invalid_period");
        assertThat(codeOf(count, terms(Mode.PERIOD, from, from, null))).isEqualTo("invalid_period");
        assertThat(codeOf(count, terms(Mode.ALL_TIME, from, to, null))).isEqualTo("from_not_allowed");
        assertThat(codeOf(count, terms(Mode.ALL_TIME, null, to, WindowSize.DAY)))
                .isEqualTo("window_not_allowed");
        assertThat(codeOf(count, by("a", "a"))).isEqualTo("invalid_group_by");
        assertThat(codeOf(count, by(""))).isEqualTo("invalid_group_by");
        assertThat(codeOf(count, by("a", "b", "c", "d", "e", "f"))).isEqualTo("invalid_group_by");
        assertThat(codeOf(count, by("customer_id", "external_customer_id"))).isEqualTo("invalid_group_by");
        assertThat(codeOf(
                        TestDefinitions.usage("\"operation\":\"weighted_sum\",\"property\":\"x\""),
                        terms(Mode.ALL_TIME, null, null, null)))
                .isEqualTo("operation_needs_period");
        assertThat(codeOf(count, terms(Mode.PERIOD, at("2020-01-01T00:00:00Z"), to, WindowSize.HOUR)))
                .isEqualTo("too_many_windows");
    }

    @Test
    void tooManyGroupsInWindowsAreRefused() {
        // Given
        for (int i = 0; i < 120; i++) {
            push(1, "2026-01-02T00:00:00Z", "region", i);
        }
        UsageTerms terms = new UsageTerms(
                Mode.PERIOD,
                at("2025-01-01T00:00:00Z"),
                at("2026-02-01T00:00:00Z"),
                WindowSize.HOUR,
                ZoneId.of("UTC"),
                List.of("region"),
                null);

        // Then
        assertThat(codeOf(TestDefinitions.count("usage"), terms)).isEqualTo("too_many_groups");
    }

    @Test
    void theEventsBehindAFigureAreThoseThatItCounts() {
        // Given
        push(1, "2026-01-02T00:00:00Z", "x", 1);
        push(2, "2026-01-03T00:00:00Z", "x", "2");
        push(3, "2026-01-04T00:00:00Z", "x", 4);
        push(1, "2026-01-05T00:00:00Z", "x", "much");
        push(1, "2026-01-06T00:00:00Z", "y", 1);
        push(1, "2026-02-06T00:00:00Z", "x", 1);
        customers.merge(2, 1);
        Definition sum = TestDefinitions.sum("usage", "x");

        // When
        EventPage all = service.events(Environment.LIVE, sum, JANUARY, EventSelection.latest(10));
        EventPage ofOne = service.events(Environment.LIVE, sum, JANUARY.ofCustomer("cus_1"), EventSelection.latest(1));

        // Then
        assertThat(all.events())
                .extracting(it -> it.event().timestampMicros())
                .containsExactly(
                        TestEvents.micros("2026-01-04T00:00:00Z"),
                        TestEvents.micros("2026-01-03T00:00:00Z"),
                        TestEvents.micros("2026-01-02T00:00:00Z"));
        assertThat(all.total()).isEqualTo(ask(sum, JANUARY).events());
        assertThat(ofOne.total())
                .isEqualTo(ask(sum, JANUARY.ofCustomer("cus_1")).events())
                .isEqualTo(2);
        assertThat(ofOne.events()).hasSize(1);
    }

    @Test
    void theEventsOfOneGroupAreFoundByACondition() {
        push(1, "2026-01-02T00:00:00Z", "region", "eu");
        push(1, "2026-01-02T00:00:00Z", "region", "us");
        Filter eu = new Filter.Compare("region", Filter.Operator.EQUALS, List.of(TestEvents.scalar("eu")));

        EventPage page = service.events(
                Environment.LIVE,
                TestDefinitions.count("usage"),
                JANUARY,
                new EventSelection(eu, Sort.TIMESTAMP, false, 10, 0, null));

        assertThat(page.total()).isEqualTo(1);
    }

    @Test
    void aCorrectionMovesTheFigureAtOnce() {
        Definition sum = TestDefinitions.sum("usage", "x");
        store.append(Environment.LIVE, List.of(event("a", 1, "2026-01-02T00:00:00Z", "x", 5)));
        assertThat(ask(sum, JANUARY).value()).isEqualTo(number("5"));

        store.append(Environment.LIVE, List.of(event("a", 2, "2026-01-03T00:00:00Z", "x", 7)));

        assertThat(ask(sum, JANUARY).value()).isEqualTo(number("7"));
        assertThat(ask(sum, JANUARY.ofCustomer("cus_1")).value()).isNull();
    }

    private UsageAnswer ask(Definition definition, UsageTerms terms) {
        return service.usage(Environment.LIVE, definition, terms, GroupPage.FIRST);
    }

    private String codeOf(Definition definition, UsageTerms terms) {
        return refused(() -> ask(definition, terms)).code();
    }

    private static RuleException refused(ThrowingCallable call) {
        return catchThrowableOfType(RuleException.class, call);
    }

    private static UsageTerms by(String... names) {
        return new UsageTerms(Mode.PERIOD, JANUARY.from(), JANUARY.to(), null, ZoneId.of("UTC"), List.of(names), null);
    }

    private static UsageTerms allTime(@Nullable Instant to) {
        return terms(Mode.ALL_TIME, null, to, null);
    }

    private static UsageTerms terms(
            Mode mode, @Nullable Instant from, @Nullable Instant to, @Nullable WindowSize window) {
        return new UsageTerms(mode, from, to, window, ZoneId.of("UTC"), List.of(), null);
    }

    private void push(long customer, String at, @Nullable Object... properties) {
        store.append(Environment.LIVE, List.of(event("r" + lastId++, customer, at, properties)));
    }

    private static Event event(String id, long customer, String at, @Nullable Object... properties) {
        TestEvents.Builder event =
                TestEvents.event("usage").id(id).customer(customer).at(at);
        for (int i = 0; i < properties.length; i += 2) {
            event.with(String.valueOf(properties[i]), properties[i + 1]);
        }
        return event.build();
    }

    private static Tuple tuple(Map<String, String> key, String value) {
        return Tuple.tuple(new HashMap<>(key), number(value));
    }

    private static BigDecimal number(String text) {
        return Decimals.canonical(new BigDecimal(text));
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
