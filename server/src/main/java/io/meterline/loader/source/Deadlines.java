package io.meterline.loader.source;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long. One thread serves all sessions; what is due only tells a source to stop. */
final class Deadlines {

    private static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("source-deadlines").daemon().factory());

    static {
        TIMER.setRemoveOnCancelPolicy(true);
    }

    private Deadlines() {}

    /** Cancel the answer when it is over in time. */
    static Future<?> after(Duration time, Runnable action) {
        // A source that hangs while it is told to stop must not keep the others' deadlines waiting.
        return TIMER.schedule(
                () -> Thread.ofPlatform().name("source-stop").daemon().start(action),
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
