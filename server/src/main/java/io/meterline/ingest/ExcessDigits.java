package io.meterline.ingest;

/** What becomes of a number with more than 18 fractional digits. */
public enum ExcessDigits {
    /** The event is refused as {@code number_too_precise}. */
    REJECT,
    /** The number is rounded half away from zero, and counted. */
    ROUND
}
