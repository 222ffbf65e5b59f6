package io.meterline.meter;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meterline.event.Decimals;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.RuleException;
import io.meterline.store.ReferenceEventStore;
import io.meterline.store.TestEvents;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A usage service over events in memory, and how tests ask it. */
abstract class UsageQuestions {

    static final Instant NOW = Instant.parse("2026-02-15T12:00:00Z");
    static final UsageTerms JANUARY = UsageTerms.period(at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"));

    final InstantSource clock = InstantSource.fixed(NOW);
    final ReferenceEventStore store = new ReferenceEventStore(clock);
    final FakeCustomers customers = new FakeCustomers();
    final UsageService service = new UsageService(store, customers, clock);
    int lastId;

    UsageAnswer ask(Definition definition, UsageTerms terms) {
        return service.usage(Environment.LIVE, definition, terms, GroupPage.FIRST);
    }

    String codeOf(Definition definition, UsageTerms terms) {
        return refused(() -> ask(definition, terms)).code();
    }

    static RuleException refused(ThrowingCallable call) {
        return catchThrowableOfType(RuleException.class, call);
    }

    static UsageTerms by(String... names) {
        return new UsageTerms(Mode.PERIOD, JANUARY.from(), JANUARY.to(), null, ZoneId.of("UTC"), List.of(names), null);
    }

    static UsageTerms terms(Mode mode, @Nullable Instant from, @Nullable Instant to, @Nullable WindowSize window) {
        return new UsageTerms(mode, from, to, window, ZoneId.of("UTC"), List.of(), null);
    }

    void push(long customer, String at, @Nullable Object... properties) {
        store.append(Environment.LIVE, List.of(event("r" + lastId++, customer, at, properties)));
    }

    static Event event(String id, long customer, String at, @Nullable Object... properties) {
        TestEvents.Builder event =
                TestEvents.event("usage").id(id).customer(customer).at(at);
        for (int i = 0; i < properties.length; i += 2) {
            event.with(String.valueOf(properties[i]), properties[i + 1]);
        }
        return event.build();
    }

    static BigDecimal number(String text) {
        return Decimals.canonical(new BigDecimal(text));
    }

    static Instant at(String text) {
        return Instant.parse(text);
    }
}
