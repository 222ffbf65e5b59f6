package io.meterline.console.aggregator;

import io.meterline.console.Address;
import org.jspecify.annotations.Nullable;

/**
 * Where the events behind a figure are listed.
 *
 * @param path of the list
 */
record Behind(String path, Asked asked) {

    /** Of the whole. */
    String all() {
        return base().text();
    }

    /** Of a part of the period. */
    String of(Usage.Window part) {
        return base().with("from", part.from()).with("to", part.to()).text();
    }

    /** Of a customer. */
    String ofCustomer(@Nullable String id) {
        return base().with("customer_id", id).text();
    }

    /** Of those whose property has a value. */
    String ofValue(String property, String value) {
        return base().with("record." + property, value).text();
    }

    private Address base() {
        return asked.target(path).with("time_zone", asked.zoneOrNone());
    }
}
