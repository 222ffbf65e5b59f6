package io.meterline.console.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A first event, for people who have sent none. */
public final class Example {

    private Example() {}

    /** As JSON of one line. */
    public static String event(Instant now) {
        return "{\"customer_id\":\"acme\",\"event_type\":\"api_calls\",\"timestamp\":\"%s\",\"record\":{\"id\":1,\"calls\":250}}"
                .formatted(now.truncatedTo(ChronoUnit.SECONDS));
    }
}
