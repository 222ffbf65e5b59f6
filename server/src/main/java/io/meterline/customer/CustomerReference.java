package io.meterline.customer;

import org.jspecify.annotations.Nullable;

/**
 * How an event names its customer.
 *
 * @param text the {@code customer_id} that was sent: one of our ids or an external id
 * @param name names the customer if it is created now, and never afterwards
 */
public record CustomerReference(String text, @Nullable String name) {

    public static CustomerReference of(String text) {
        return new CustomerReference(text, null);
    }
}
