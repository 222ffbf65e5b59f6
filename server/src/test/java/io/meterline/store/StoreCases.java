package io.meterline.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.store.EventWriter.Outcome;
import io.meterline.store.EventWriter.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What every part of the contract needs: a store, a clock, and a few words to write and ask with. */
interface StoreCases {

    /** The event type of most cases. */
    String TYPE = "api_calls";

    EventStore store();

    SettableClock clock();

    /** Closes the store and opens it again on the same files. */
    void restart();

    /** Gives the engine's background work a chance to happen now. */
    void settle();

    /** Writes one group to the live environment and waits until it is durable. */
    default Outcome write(Event... events) {
        return write(Environment.LIVE, List.of(events));
    }

    /** Writes one group and waits until it is durable and applied. */
    default Outcome write(Environment environment, List<Event> events) {
        Receipt receipt = append(environment, events);
        await(receipt.durable());
        Outcome outcome = await(receipt.applied());
        settle();
        return outcome;
    }

    /** Queues a group of which all events are admitted. */
    default Receipt append(Environment environment, List<Event> events) {
        for (Event event : events) {
            assertThat(store().admit(environment, event)).isNull();
        }
        return store().append(environment, events);
    }

    default int delete(KeyHash... keys) {
        int removed = await(store().delete(Environment.LIVE, List.of(keys)));
        settle();
        return removed;
    }

    default <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }

    default Answer ask(TestUsage question) {
        return ask(Environment.LIVE, question);
    }

    default Answer ask(Environment environment, TestUsage question) {
        return Answer.of(store().usage(environment, question.build()));
    }

    /** The total of a measure over all live events of {@link #TYPE}, as {@code value/events}. */
    default String total(Measure measure) {
        return ask(TestUsage.usage(TYPE, measure)).total();
    }

    /** The value of a measure over all live events of {@link #TYPE}. */
    default String value(Measure measure) {
        UsageResult result =
                store().usage(Environment.LIVE, TestUsage.usage(TYPE, measure).build());
        return Answer.value(result.total());
    }

    default String sum(String property) {
        return value(new Measure.Sum(property));
    }

    /** The total sum of {@code p} as if some events had just been pushed. */
    default String sumIf(Event... events) {
        return ask(TestUsage.usage(TYPE, new Measure.Sum("p")).whatIf(List.of(events)))
                .total();
    }

    /** The current version of the record that the event is a version of. */
    default StoredEvent current(Event event) {
        return store().find(Environment.LIVE, event.key()).orElseThrow();
    }

    /** Writes an event of its own for each value of the property. */
    default void writeValues(String property, @Nullable Object... values) {
        List<Event> events = new ArrayList<>();
        for (@Nullable Object value : values) {
            events.add(TestEvents.event(TYPE)
                    .id("value " + events.size())
                    .with(property, value)
                    .build());
        }
        write(Environment.LIVE, events);
    }
}
