package io.meterline.billing;

import java.util.Locale;

/** Where a subscription stands at a time. */
public enum SubscriptionStatus {
    /** It has not started. */
    SCHEDULED,
    ACTIVE,
    /** It is over, or was canceled before it started. */
    ENDED;

    /** The name in the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
