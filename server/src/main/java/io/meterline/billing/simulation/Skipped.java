package io.meterline.billing.simulation;

import java.util.Locale;

/** Why somebody is left out. */
enum Skipped {
    /** The subscription is in another currency. */
    OTHER_CURRENCY,
    /** The product has no price in the currency and for the interval. */
    NO_PRICE,
    /** The subscription is over. */
    SUBSCRIPTION_ENDED,
    /** The subscription has no complete period yet. */
    NO_COMPLETE_PERIOD,
    /** A price of a scenario, or the aggregator, cannot take all records before the end of a period. */
    ALL_TIME_NOT_POSSIBLE,
    /** A price of a scenario is a percentage, and the aggregator was edited since into one that has no amounts of events. */
    AGGREGATOR_HAS_NO_EVENT_AMOUNTS;

    /** The name in the API. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
