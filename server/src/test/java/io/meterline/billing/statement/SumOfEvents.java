package io.meterline.billing.statement;

import static io.meterline.store.TestEvents.event;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A customer whose events are summed up, and statements of products that price the sum. */
abstract class SumOfEvents {

    static final String EACH = "{\"model\":\"per_unit\",\"unit_amount\":\"2\"}";

    @TempDir
    Path folder;

    StatementWorld world;
    long acme;
    String sum;

    @BeforeEach
    void open() {
        world = new StatementWorld(folder, "2026-01-15T00:00:00Z");
        acme = world.customer("acme");
        sum = world.aggregator("{\"name\":\"N\",\"event_type\":\"e\",\"operation\":\"sum\",\"property\":\"n\"}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    void at(String time) {
        world.now.set(Instant.parse(time));
    }

    String product(String aggregator, String price) {
        return world.product(definition(aggregator, "\"currency\":\"EUR\"", price));
    }

    static String definition(String aggregator, String of, String price) {
        return """
                {"name":"P","type":"dynamic","aggregator_id":"%s","prices":[{%s,"price":%s}]}""".formatted(aggregator, of, price);
    }

    String subscribe(String product, String start, String more) {
        return world.subscription("""
                {"customer_id":"acme","currency":"EUR","starts_at":"%s","products":[{"product_id":"%s"}]%s}""".formatted(start, product, more));
    }

    void push(String id, String time, long n, String region) {
        push(List.of(event("e")
                .id(id)
                .customer(acme)
                .at(time)
                .with("n", BigDecimal.valueOf(n))
                .with("region", region)
                .build()));
    }

    void push(List<Event> events) {
        world.events.append(Environment.LIVE, events).durable().join();
    }
}
