package io.meterline.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.Status;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.meter.UsageAnswer.Excluded;
import io.meterline.meter.UsageAnswer.Group;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a figure is: operations, filters, customers, and what is refused. */
final class UsageServiceTest extends UsageQuestions {

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
    void aCorrectionMovesTheFigureAtOnce() {
        Definition sum = TestDefinitions.sum("usage", "x");
        store.append(Environment.LIVE, List.of(event("a", 1, "2026-01-02T00:00:00Z", "x", 5)));
        assertThat(ask(sum, JANUARY).value()).isEqualTo(number("5"));

        store.append(Environment.LIVE, List.of(event("a", 2, "2026-01-03T00:00:00Z", "x", 7)));

        assertThat(ask(sum, JANUARY).value()).isEqualTo(number("7"));
        assertThat(ask(sum, JANUARY.ofCustomer("cus_1")).value()).isNull();
    }

    private static Tuple tuple(Map<String, String> key, String value) {
        return Tuple.tuple(new HashMap<>(key), number(value));
    }
}
