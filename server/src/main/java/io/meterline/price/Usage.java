package io.meterline.price;

import java.math.BigDecimal;

/** What was used, as a price takes it. */
public sealed interface Usage {

    static Usage of(BigDecimal quantity) {
        return new Quantity(quantity);
    }

    static Usage ofEvents(Iterable<BigDecimal> amounts) {
        return new Events(amounts);
    }

    /** A figure of an aggregator; negative where credits outweigh usage. */
    record Quantity(BigDecimal quantity) implements Usage {}

    /**
     * The amount of each event, in the order of time; iterated once, so that it may come from a stream. A negative amount
     * is a refund.
     */
    record Events(Iterable<BigDecimal> amounts) implements Usage {}
}
