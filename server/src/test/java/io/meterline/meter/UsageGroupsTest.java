package io.meterline.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.meter.UsageAnswer.Group;
import io.meterline.meter.UsageAnswer.Window;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery.Sort;
import io.meterline.store.Filter;
import io.meterline.store.TestEvents;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures by group, page by page, and the events behind them. */
final class UsageGroupsTest extends UsageQuestions {

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
}
