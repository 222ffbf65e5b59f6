package io.meterline.console.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A first event, for people who have sent none. */
public final class Example {

    private Example() {}

    /** A request as it is read, with each of its parts on a line of its own. */
    public static String onLines(String curl) {
        return curl.replace(" -H ", " \\\n  -H ").replace(" -d ", " \\\n  -d ");
    }

    /** As JSON of one line. */
    public static String event(Instant now) {
        return "{\"customer_id\":\"acme\",\"event_type\":\"api_calls\",\"timestamp\":\"%s\",\"record\":{\"id\":1,\"calls\":250}}"
                .formatted(now.truncatedTo(ChronoUnit.SECONDS));
    }
}
