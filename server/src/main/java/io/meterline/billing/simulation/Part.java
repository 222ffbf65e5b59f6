package io.meterline.billing.simulation;

import java.math.BigDecimal;
import java.util.List;

/**
 * The usage of one customer in one period, in one shape.
 *
 * @param quantity of all parts
 * @param events how many events that is
 * @param parts what a price takes alone: one, or one for each group and window that it splits usage by
 */
record Part(BigDecimal quantity, long events, List<BigDecimal> parts) {

    static Part whole(BigDecimal quantity, long events) {
        return new Part(quantity, events, List.of(quantity));
    }
}
