package io.meterline.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Makes one line of what the HTTP library logs with a stack trace: any caller can cause that, as often as it likes, by
 * hanging up in the middle of a header. The line names the fault and where it was found, and nothing that was sent.
 */
public final class OneLine extends TurboFilter {

    private static final String LIBRARY = "io.helidon.webserver";

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        if (thrown == null
                || !level.isGreaterOrEqual(Level.WARN)
                || !logger.getName().startsWith(LIBRARY)) {
            return FilterReply.NEUTRAL;
        }
        logger.getLoggerContext()
                .getLogger(OneLine.class)
                .warn("A request was no proper HTTP, or its caller hung up: {}", named(root(thrown)));
        return FilterReply.DENY;
    }

    private static Throwable root(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? thrown : root(cause);
    }

    private static String named(Throwable fault) {
        StackTraceElement[] at = fault.getStackTrace();
        String name = fault.getClass().getSimpleName();
        return at.length == 0 ? name : name + " at " + at[0].getClassName() + "." + at[0].getMethodName();
    }
}
