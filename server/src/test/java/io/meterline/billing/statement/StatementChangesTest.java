package io.meterline.billing.statement;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Closes beside changes of the subscription, of its products and of its customer. */
final class StatementChangesTest extends SumOfEvents {

    @Test
    void aChangeInTheLastMomentOfAPeriodIsNotLostToItsClose() {
        String p = product(sum, EACH);
        String q = product(sum, "{\"model\":\"per_unit\",\"unit_amount\":\"1\"}");
        String sub = subscribe(p, "2026-01-01T00:00:00Z", "");
        push("1", "2026-01-05T00:00:00Z", 5, "eu");
        push("2", "2026-01-31T23:59:59.5Z", 5, "eu");
        // The change is asked for in the last second, and is written after the close has begun.
        at("2026-02-01T00:00:00Z");
        world.reader().meanwhile(() -> {
            at("2026-01-31T23:59:59Z");
            world.change(sub, "{\"effective\":\"now\",\"products\":[{\"product_id\":\"" + q + "\"}]}");
            at("2026-02-01T00:00:01Z");
        });
        assertThatThrownBy(() -> world.close(sub, 1)).hasMessageContaining("Try again");
        Statement closed = world.close(sub, 1);
        Statement second = world.statement(sub, 2);
        assertThat(second.period().fromMicros()).isEqualTo(closed.period().toMicros());
    }

    @Test
    void whatIsErasedWhileAStatementIsClosedIsNotCredited() {
        String sub = subscribe(product(sum, EACH), "2026-01-01T00:00:00Z", "");
        push("1", "2026-01-05T00:00:00Z", 5, "eu");
        at("2026-02-01T00:00:00Z");
        world.reader().meanwhile(() -> {
            world.statements().seal(List.of(acme));
            world.events
                    .delete(Environment.LIVE, List.of(event("e").id("1").build().key()))
                    .join();
        });
        assertThatThrownBy(() -> world.close(sub, 1)).hasMessageContaining("Try again");
        assertThat(world.close(sub, 1).total()).isZero();
        assertThat(world.statement(sub, 2).adjustments()).isEmpty();
    }

    @Test
    void anEndThatIsTakenBackByAClockThatIsBehindIsRefused() {
        String sub = subscribe(product(sum, EACH), "2026-01-01T00:00:00Z", ",\"ends_at\":\"2026-02-01T00:00:00Z\"");
        at("2026-02-01T00:00:01Z");
        world.close(sub, 1);
        push("1", "2026-01-05T00:00:00Z", 5, "eu");
        world.close(sub, 2);
        // A node whose clock is behind.
        at("2026-01-31T23:59:59Z");
        assertThatThrownBy(() -> world.updateSubscription(sub, "{\"ends_at\":null}"))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("try again");
        assertThat(world.statement(sub, 2).isClosed()).isTrue();
    }

    @Test
    void whatIsErasedOfACustomerThatWasOnceMergedIsNotCredited() {
        long other = world.customer("other");
        String otherId = id("other");
        world.customers().merge(Environment.LIVE, otherId, id("acme"));
        String sub = subscribe(product(sum, EACH), "2026-01-01T00:00:00Z", "");
        push("1", "2026-01-05T00:00:00Z", 5, "eu");
        var theirs = event("e")
                .id("2")
                .customer(other)
                .at("2026-01-06T00:00:00Z")
                .with("n", 10)
                .build();
        world.events.append(Environment.LIVE, List.of(theirs)).durable().join();
        at("2026-02-01T00:00:00Z");
        assertThat(world.close(sub, 1).lines().getFirst().quantity()).isEqualByComparingTo("15");
        world.customers().undoMerge(Environment.LIVE, otherId);

        world.statements().seal(List.of(other));
        world.events.delete(Environment.LIVE, List.of(theirs.key())).join();

        assertThat(world.statement(sub, 2).adjustments()).isEmpty();
    }

    @Test
    void aStatementNamesTheCustomerOfItsSubscription() {
        for (int i = 0; i < 10; i++) {
            world.customer("m" + i);
            world.customers().merge(Environment.LIVE, id("m" + i), id("acme"));
        }
        String sub = subscribe(product(sum, EACH), "2026-01-01T00:00:00Z", "");
        at("2026-02-01T00:00:00Z");
        assertThat(world.close(sub, 1).customer()).isEqualTo(acme);
    }

    @Test
    void whatBecameOfAProductDoesNotMatterToTheEndOrWhenStatementsClose() {
        String first = product(sum, EACH);
        String second = product(sum, EACH);
        String sub = subscribe(first, "2026-01-01T00:00:00Z", "");
        world.change(sub, "{\"effective\":\"next_period\",\"products\":[{\"product_id\":\"" + second + "\"}]}");
        world.products().archive(Environment.LIVE, first);
        world.updateSubscription(sub, "{\"close_after\":\"PT90M\"}");
        world.updateSubscription(sub, "{\"ends_at\":\"2026-01-20T00:00:00Z\"}");

        at("2026-01-20T01:30:00Z");
        world.due().run();
        assertThat(world.statement(sub, 1).isClosed()).isTrue();
    }

    private String id(String external) {
        return world.customers().get(Environment.LIVE, external).id();
    }
}
