package io.meterline;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that is tidied soon after the start and then once a day, on a thread of its own. */
final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long FIRST_AFTER_MINUTES = 1;
    private static final long EVERY_MINUTES = TimeUnit.DAYS.toMinutes(1);

    private final String what;
    private final Runnable work;
    private final ScheduledExecutorService thread;

    Upkeep(String what, Runnable work) {
        this.what = what;
        this.work = work;
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("upkeep").daemon().factory());
        var _ = thread.scheduleAtFixedRate(this::run, FIRST_AFTER_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
    }

    // An exception would end the schedule.
    private void run() {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("cannot tidy {}; tried again tomorrow", what, e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
