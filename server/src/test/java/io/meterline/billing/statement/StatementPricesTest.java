package io.meterline.billing.statement;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Event;
import io.meterline.event.RuleException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lines come to where prices, periods and groups meet in unusual ways. */
final class StatementPricesTest extends SumOfEvents {

    @Test
    void aFlatFeeOfEachDayIsNotLessBecauseThereAreFewerDays() {
        String p = product(sum, "{\"model\":\"flat\",\"amount\":\"31\",\"apply_per\":{\"window\":\"day\"}}");
        String sub = subscribe(p, "2026-01-16T00:00:00Z", ",\"anchor\":\"2026-01-01T00:00:00Z\"");
        at("2026-02-01T00:00:00Z");
        assertThat(world.statement(sub, 1).total()).isEqualByComparingTo(Integer.toString(16 * 31));
    }

    @Test
    void aMinimumOfEachGroupAndDayIsDueWhateverTheModel() {
        String split = "\"minimum_amount\":\"1\",\"apply_per\":{\"group_by\":[\"region\"],\"window\":\"day\"}}";
        String a = product(sum, "{\"model\":\"per_unit\",\"unit_amount\":\"0.1\"," + split);
        String b = product(sum, "{\"model\":\"percentage\",\"rate\":\"0.1\"," + split);
        push("1", "2026-01-05T00:00:00Z", 5, "eu");
        push("2", "2026-01-06T00:00:00Z", 5, "us");
        String one = subscribe(a, "2026-01-01T00:00:00Z", "");
        String two = subscribe(b, "2026-01-01T00:00:00Z", "");
        assertThat(world.statement(two, 1).total())
                .isEqualByComparingTo(world.statement(one, 1).total());
    }

    @Test
    void aLevelThatIsCarriedOverIsChargedByGroupAndDayToo() {
        String level = world.aggregator(
                "{\"name\":\"L\",\"event_type\":\"e\",\"operation\":\"weighted_sum\",\"property\":\"n\",\"carry_over\":true}");
        push("1", "2025-12-05T00:00:00Z", 5, "eu");
        String a = product(level, "{\"model\":\"per_unit\",\"unit_amount\":\"1\",\"apply_per\":{\"window\":\"day\"}}");
        String b = product(
                level,
                "{\"model\":\"per_unit\",\"unit_amount\":\"1\",\"apply_per\":{\"group_by\":[\"region\"],\"window\":\"day\"}}");
        String one = subscribe(a, "2026-01-01T00:00:00Z", "");
        String two = subscribe(b, "2026-01-01T00:00:00Z", "");
        assertThat(world.statement(one, 1).total()).isEqualByComparingTo("155");
        assertThat(world.statement(two, 1).total()).isEqualByComparingTo("155");
    }

    @Test
    void groupsThatAreTooManyForOneQuestionAreAskedForMonthByMonth() {
        String p = product(
                sum,
                "{\"model\":\"per_unit\",\"unit_amount\":\"1\",\"apply_per\":{\"group_by\":[\"region\"],\"window\":\"hour\"}}");
        String sub = subscribe(p, "2024-01-01T00:00:00Z", "");
        List<Event> events = new ArrayList<>();
        for (int month = 1; month <= 4; month++) {
            for (int i = 0; i < 400; i++) {
                events.add(event("e")
                        .id(month + "-" + i)
                        .customer(acme)
                        .at("2024-0" + month + "-05T00:00:00Z")
                        .with("n", BigDecimal.ONE)
                        .with("region", "r" + month + "-" + i)
                        .build());
            }
        }
        push(events);
        for (int i = 1; i <= 5; i++) {
            world.close(sub, i);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedWhenItIsSubscribed() {
        String days = product(sum, EACH.replace("}", ",\"apply_per\":{\"window\":\"day\"}}"));
        assertThat(code(() -> subscribe(days, "2026-01-01T00:00:00Z", ",\"metering\":\"all_time\"")))
                .isEqualTo("windows_need_period");
        String interval = "\"interval\":{\"period\":\"years\",\"count\":2}";
        String hours = EACH.replace("}", ",\"apply_per\":{\"window\":\"hour\"}}");
        String product = world.product(definition(sum, "\"currency\":\"EUR\"," + interval, hours));
        assertThat(code(() -> subscribe(product, "2022-01-01T00:00:00Z", "," + interval)))
                .isEqualTo("too_many_windows");
    }

    @Test
    void whatNoLongerFitsIsSaidWithWhatToDo() {
        String counted = subscribe(product(sum, EACH), "2026-01-01T00:00:00Z", ",\"metering\":\"all_time\"");
        String share = product(sum, "{\"model\":\"percentage\",\"rate\":\"0.1\"}");
        String shared = subscribe(share, "2026-01-01T00:00:00Z", "");
        world.updateAggregator(
                sum, "{\"name\":\"N\",\"event_type\":\"e\",\"operation\":\"weighted_sum\",\"property\":\"n\"}");

        assertThat(code(() -> world.statement(counted, 1))).isEqualTo("operation_needs_period");
        assertThat(code(() -> world.statement(shared, 1))).isEqualTo("aggregator_has_no_event_amounts");
    }

    @Test
    void whatIsMeasuredWithoutAPriceIsMeasuredAgainWhenThereIsOne() {
        String p = product(sum, EACH);
        String sub = subscribe(p, "2026-01-01T00:00:00Z", ",\"metering\":\"all_time\"");
        push("1", "2026-01-05T00:00:00Z", 5, "eu");
        world.updateProduct(p, definition(sum, "\"currency\":\"USD\"", EACH));
        at("2026-02-01T00:00:10Z");
        world.due().run();
        world.updateProduct(p, definition(sum, "\"currency\":\"EUR\"", EACH));
        at("2026-02-01T00:01:10Z");
        world.due().run();
        push("2", "2026-01-06T00:00:00Z", 5, "eu");

        at("2026-02-03T00:00:00Z");
        assertThat(world.close(sub, 1).total()).isEqualByComparingTo("10");
    }

    private static String code(Runnable work) {
        try {
            work.run();
        } catch (RuleException e) {
            return e.code();
        }
        return "";
    }
}
