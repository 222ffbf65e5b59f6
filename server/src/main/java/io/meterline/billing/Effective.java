package io.meterline.billing;

/** When a change of a subscription takes effect. */
public enum Effective {
    /** At once: the current period is split. */
    NOW,
    /** Where the current period ends. */
    NEXT_PERIOD
}
