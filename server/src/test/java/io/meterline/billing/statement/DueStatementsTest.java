package io.meterline.billing.statement;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to statements when nobody asks. */
final class DueStatementsTest {

    @TempDir
    Path folder;

    private StatementWorld world;
    private long acme;
    private String product;

    @BeforeEach
    void open() {
        world = new StatementWorld(folder, "2026-01-15T00:00:00Z");
        acme = world.customer("acme");
        String users = world.aggregator("{\"name\":\"Users\",\"event_type\":\"users\",\"operation\":\"count\"}");
        product = world.product("""
                {"name":"Users","type":"seat","aggregator_id":"%s","prices":[
                 {"currency":"EUR","price":{"model":"per_unit","unit_amount":"5"}}]}""".formatted(users));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aStatementClosesByItselfSomeTimeAfterItsPeriod() {
        String subscription = subscribe("2026-01-01T00:00:00Z", ",\"close_after\":\"P3D\"");
        user("a", "2026-01-10T00:00:00Z");

        assertThat(ran("2026-02-03T23:59:59Z")).isLessThanOrEqualTo(1);
        assertThat(world.statement(subscription, 1).isClosed()).isFalse();
        assertThat(ran("2026-02-04T00:00:00Z")).isEqualTo(1);
        assertThat(world.statement(subscription, 1).closedAtMicros()).isNotNull();
        assertThat(world.statement(subscription, 1).total()).isEqualByComparingTo("5");
        assertThat(ran("2026-02-20T00:00:00Z")).isZero();
        assertThat(ran("2026-03-04T00:00:00Z")).isEqualTo(1);
        assertThat(world.statement(subscription, 2).isClosed()).isTrue();
    }

    @Test
    void afterAnOutageAllThatIsOverdueIsDoneInOrder() {
        String closing = subscribe("2025-09-01T00:00:00Z", ",\"close_after\":\"PT1H\"");
        String counting = subscribe("2026-01-01T00:00:00Z", ",\"metering\":\"all_time\"");
        user("a", "2025-10-10T00:00:00Z");
        ran("2026-01-15T00:00:00Z");
        world.restart();

        ran("2026-04-02T00:00:00Z");
        assertThat(List.of(1, 2, 3, 4, 5, 6, 7))
                .allSatisfy(number ->
                        assertThat(world.statement(closing, number).isClosed()).isTrue());
        assertThat(world.statement(closing, 8).isClosed()).isFalse();
        user("b", "2026-01-10T00:00:00Z");
        assertThat(world.statement(counting, 1).total()).isEqualByComparingTo("5");
        assertThat(world.statement(counting, 1).measuredAtMicros())
                .isEqualTo(io.meterline.store.TestEvents.micros("2026-04-02T00:00:00Z"));
        assertThat(world.statement(counting, 4).total()).isEqualByComparingTo("10");
    }

    @Test
    void whatThereIsAtTheEndIsMeasuredThoughNobodyLooks() {
        String subscription = subscribe("2026-01-01T00:00:00Z", ",\"metering\":\"all_time\"");
        user("a", "2025-10-10T00:00:00Z");
        ran("2026-01-20T00:00:00Z");
        assertThat(ran("2026-02-01T00:00:10Z")).isEqualTo(1);
        user("b", "2026-01-10T00:00:00Z");

        world.now.set(Instant.parse("2026-02-10T00:00:00Z"));
        assertThat(world.statement(subscription, 1).total()).isEqualByComparingTo("5");
        assertThat(world.statement(subscription, 1).measuredAtMicros())
                .isEqualTo(io.meterline.store.TestEvents.micros("2026-02-01T00:00:10Z"));
    }

    @Test
    void aStatementThatCannotBeClosedWaitsAndHoldsUpNoOther() {
        String stuck = subscribe("2026-01-01T00:00:00Z", ",\"close_after\":\"PT1H\"");
        String other = world.product("""
                {"name":"Base","type":"flat_fee","prices":[
                 {"currency":"EUR","price":{"model":"flat","amount":"9"}}]}""");
        world.updateProduct(product, """
                {"name":"Base","type":"flat_fee","prices":[
                 {"currency":"USD","price":{"model":"flat","amount":"9"}}]}""");
        product = other;
        String fine = subscribe("2026-01-01T00:00:00Z", ",\"close_after\":\"PT1H\"");

        ran("2026-02-02T00:00:00Z");
        assertThat(world.statement(stuck, 1).isClosed()).isFalse();
        assertThat(world.statement(fine, 1).isClosed()).isTrue();
        assertThat(world.due().run()).isZero();
        assertThat(ran("2026-02-02T00:01:00Z")).isEqualTo(1);
    }

    @Test
    void thePastOfANewSubscriptionWaitsForItsUsageToo() {
        String subscription = subscribe("2025-11-01T00:00:00Z", ",\"close_after\":\"P3D\"");
        ran("2026-01-15T00:00:30Z");
        assertThat(world.statement(subscription, 1).isClosed()).isFalse();
        ran("2026-01-18T00:00:00Z");
        assertThat(world.statement(subscription, 1).isClosed()).isTrue();
        assertThat(world.statement(subscription, 2).isClosed()).isTrue();
    }

    @Test
    void whenItClosesCanBeChangedAnyTime() {
        String subscription = subscribe("2026-01-01T00:00:00Z", "");
        assertThat(ran("2026-02-20T00:00:00Z")).isZero();
        world.updateSubscription(subscription, "{\"close_after\":\"P10D\"}");
        assertThat(ran("2026-02-20T00:00:00Z")).isEqualTo(1);
        assertThat(world.statement(subscription, 1).isClosed()).isTrue();
        world.updateSubscription(subscription, "{\"close_after\":\"manual\"}");
        ran("2026-05-01T00:00:00Z");
        assertThat(world.statement(subscription, 2).isClosed()).isFalse();
    }

    @Test
    void whatComesAfterTheEndIsSettledByItselfOnceAWeekForAYear() {
        String ended = ",\"ends_at\":\"2026-02-01T00:00:00Z\"";
        String subscription = subscribe("2026-01-01T00:00:00Z", ended + ",\"close_after\":\"P3D\"");
        String manual = subscribe("2026-01-01T00:00:00Z", ended);
        ran("2026-02-04T00:00:00Z");
        world.close(manual, 1);

        user("late", "2026-01-10T00:00:00Z");
        ran("2026-02-10T23:59:59Z");
        assertThat(world.statement(subscription, 2).isClosed()).isFalse();
        assertThat(ran("2026-02-11T00:00:00Z")).isEqualTo(1);
        assertThat(world.statement(subscription, 2).isClosed()).isTrue();
        assertThat(world.statement(subscription, 2).total()).isEqualByComparingTo("5");
        assertThat(world.statement(manual, 2).isClosed()).isFalse();

        assertThat(ran("2026-02-18T00:00:00Z")).isEqualTo(1);
        user("later", "2026-01-11T00:00:00Z");
        assertThat(ran("2026-02-24T23:59:59Z")).isZero();
        ran("2026-02-25T00:00:00Z");
        assertThat(world.statement(subscription, 3).total()).isEqualByComparingTo("5");
        assertThat(world.statement(subscription, 3).isClosed()).isTrue();

        assertThat(ran("2027-02-20T00:00:00Z")).isEqualTo(1);
        assertThat(ran("2027-02-24T00:00:00Z")).isEqualTo(1);
        assertThat(ran("2030-01-01T00:00:00Z")).isZero();
    }

    private int ran(String time) {
        world.now.set(Instant.parse(time));
        return world.due().run();
    }

    private String subscribe(String startsAt, String more) {
        return world.subscription("""
                {"customer_id":"acme","currency":"EUR","starts_at":"%s","products":[{"product_id":"%s"}]%s}""".formatted(startsAt, product, more));
    }

    private void user(String id, String time) {
        world.events
                .append(
                        Environment.LIVE,
                        List.of(event("users").id(id).customer(acme).at(time).build()))
                .durable()
                .join();
    }
}
