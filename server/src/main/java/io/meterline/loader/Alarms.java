package io.meterline.loader;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes each loader when its next run is due. The times are those of {@link LoaderSchedule}; db-scheduler keeps a copy
 * of each and lets one node ring it.
 */
final class Alarms implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
    private static final String TASK = "loader";
    private static final Duration POLL = Duration.ofMillis(500);

    // db-scheduler waits between two polls by the wall clock, which may go back or stand still: the setter wakes it by
    // the monotonic one, and its own wait never counts.
    private static final Duration OWN_POLL = Duration.ofMinutes(1);
    private static final int THREADS = 2;

    private final Times times;
    private final CustomTask<Void> task;
    private final Scheduler scheduler;

    // One thread, since native code of SQLite would hold up a virtual one; a loader waits in it at most twice: because
    // of a new time, and to be tried again.
    private final ScheduledThreadPoolExecutor setter = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("loader-alarms").daemon().factory());
    private final Set<String> toSet = ConcurrentHashMap.newKeySet();
    private final Patience patience;

    // Of the setter's thread alone.
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> toTryAgain = new HashSet<>();

    /**
     * How long to go on after a failure.
     *
     * @param first the wait after the first; each later one is twice as long
     * @param longest wait
     * @param tries how often an alarm that cannot be set is tried; a ringing that fails is tried until it succeeds
     */
    record Patience(Duration first, Duration longest, int tries) {

        /** About three minutes. */
        private static final Patience OF_SETTING = new Patience(Duration.ofMillis(50), Duration.ofSeconds(15), 20);

        private static final Patience OF_RINGING = new Patience(Duration.ofSeconds(10), Duration.ofHours(1), 0);

        private static final int MAX_DOUBLINGS = 20;

        Duration after(int failures) {
            Duration wait = first.multipliedBy(1L << Math.clamp(failures - 1, 0, MAX_DOUBLINGS));
            return wait.compareTo(longest) > 0 ? longest : wait;
        }
    }

    /** What knows the times. */
    interface Times {

        /** A loader's time came; starts a run if it is still due. */
        void ring(String loaderId);

        /** When it is due next, µs since 1970; null when it is not, or not there any more. */
        @Nullable
        Long dueAt(String loaderId);
    }

    Alarms(DataSource database, InstantSource clock, Times times) {
        this(database, clock, times, Patience.OF_SETTING);
    }

    Alarms(DataSource database, InstantSource clock, Times times, Patience patience) {
        this.times = times;
        this.patience = patience;
        setter.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.task = Tasks.custom(TASK, Void.class)
                .onFailure((failed, operations) -> operations.reschedule(
                        failed,
                        failed.getTimeDone()
                                .plus(Patience.OF_RINGING.after(failed.getExecution().consecutiveFailures + 1))))
                .execute((instance, _) -> ring(instance.getId()));
        this.scheduler = Scheduler.create(database, task)
                .threads(THREADS)
                .pollingInterval(OWN_POLL)
                .schedulerName(new SchedulerName.Fixed("meterline"))
                .clock(clock::instant)
                .build();
    }

    void start() {
        scheduler.start();
        var _ = setter.scheduleWithFixedDelay(
                scheduler::triggerCheckForDueExecutions, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes over the time of a loader that may have changed. Does not wait for it. */
    void set(String loaderId) {
        if (toSet.add(loaderId)) {
            try {
                setter.execute(() -> {
                    toSet.remove(loaderId);
                    failures.remove(loaderId);
                    tryToSet(loaderId);
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("the alarm of loader {} is set at the next start", loaderId);
            }
        }
    }

    private void tryToSet(String loaderId) {
        try {
            if (isSet(loaderId)) {
                failures.remove(loaderId);
                scheduler.triggerCheckForDueExecutions();
            } else {
                tryAgain(loaderId, null);
            }
        } catch (RuntimeException e) {
            tryAgain(loaderId, e);
        }
    }

    private boolean isSet(String loaderId) {
        Long due = times.dueAt(loaderId);
        TaskInstance<Void> instance = task.instance(loaderId);
        try {
            if (due == null) {
                scheduler.cancel(instance);
                return true;
            }
            return scheduler.scheduleIfNotExists(instance, Timestamps.instant(due))
                    || scheduler.reschedule(instance, Timestamps.instant(due));
        } catch (TaskInstanceNotFoundException e) {
            // When it is due, it went between the two calls, with the end of an earlier ringing.
            return due == null;
        } catch (TaskInstanceCurrentlyExecutingException e) {
            // It rings right now, which takes a moment, and may or may not have read the new time.
            return false;
        }
    }

    private void tryAgain(String loaderId, @Nullable RuntimeException why) {
        int failed = failures.merge(loaderId, 1, Integer::sum);
        if (failed >= patience.tries()) {
            failures.remove(loaderId);
            LOG.error(
                    "the alarm of loader {} could not be set; it is after its next run, or the next start",
                    loaderId,
                    why);
            return;
        }
        if (toTryAgain.add(loaderId)) {
            try {
                var _ = setter.schedule(
                        () -> {
                            toTryAgain.remove(loaderId);
                            tryToSet(loaderId);
                        },
                        patience.after(failed).toMillis(),
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("the alarm of loader {} is set at the next start", loaderId);
            }
        }
    }

    private CompletionHandler<Void> ring(String loaderId) {
        times.ring(loaderId);
        Long next = times.dueAt(loaderId);
        return (complete, operations) -> {
            if (next == null) {
                operations.remove();
            } else {
                operations.reschedule(complete, Timestamps.instant(next));
            }
        };
    }

    @Override
    public void close() {
        setter.shutdown();
        if (scheduler.getSchedulerState().isStarted()) {
            scheduler.stop();
        }
        setter.close();
    }
}
