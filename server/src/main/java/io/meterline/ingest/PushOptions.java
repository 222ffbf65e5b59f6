package io.meterline.ingest;

import io.meterline.event.Environment;
import io.meterline.event.Source;

/**
 * What is the same for all events of a request or file.
 *
 * @param source {@link Source#PUSH} or {@link Source#IMPORT}; rows of a loader have keys of their own
 * @param replace true when the versions sent win whatever their timestamps
 */
public record PushOptions(Environment environment, Source source, boolean replace) {

    /** Pushed events, the greatest timestamp wins. */
    public static PushOptions pushed(Environment environment) {
        return new PushOptions(environment, Source.PUSH, false);
    }
}
