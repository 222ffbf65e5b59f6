package io.meterline.billing.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which periods are priced. */
public enum By {
    /** Calendar months of one time zone, for each customer. */
    CALENDAR_MONTH,
    /** The billing periods of each subscription. */
    SUBSCRIPTION;

    /** The name in the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<By> of(String text) {
        return Arrays.stream(values()).filter(by -> by.text().equals(text)).findFirst();
    }
}
