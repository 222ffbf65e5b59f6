package io.meterline.loader;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
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
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int THREADS = 2;

    private final Times times;
    private final CustomTask<Void> task;
    private final Scheduler scheduler;

    // One thread, since native code of SQLite would hold up a virtual one; a loader waits in it at most once.
    private final ExecutorService setter = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("loader-alarms").daemon().factory());
    private final Set<String> toSet = ConcurrentHashMap.newKeySet();

    /** What knows the times. */
    interface Times {

        /** A loader's time came; starts a run if it is still due. */
        void ring(String loaderId);

        /** When it is due next, µs since 1970; null when it is not, or not there any more. */
        @Nullable
        Long dueAt(String loaderId);
    }

    Alarms(DataSource database, InstantSource clock, Times times) {
        this.times = times;
        this.task = Tasks.custom(TASK, Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AGAIN))
                .execute((instance, _) -> ring(instance.getId()));
        this.scheduler = Scheduler.create(database, task)
                .threads(THREADS)
                .pollingInterval(POLL)
                .schedulerName(new SchedulerName.Fixed("meterline"))
                .clock(clock::instant)
                .build();
    }

    void start() {
        scheduler.start();
    }

    /** Takes over the time of a loader that may have changed. Does not wait for it. */
    void set(String loaderId) {
        if (toSet.add(loaderId)) {
            try {
                setter.execute(() -> {
                    toSet.remove(loaderId);
                    setSafely(loaderId);
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("the alarm of loader {} is set at the next start", loaderId);
            }
        }
    }

    private void setSafely(String loaderId) {
        try {
            setNow(loaderId);
        } catch (RuntimeException e) {
            LOG.error("the alarm of loader {} could not be set", loaderId, e);
        }
    }

    private void setNow(String loaderId) {
        Long due = times.dueAt(loaderId);
        TaskInstance<Void> instance = task.instance(loaderId);
        try {
            if (due == null) {
                scheduler.cancel(instance);
            } else if (!scheduler.scheduleIfNotExists(instance, Timestamps.instant(due))
                    && !scheduler.reschedule(instance, Timestamps.instant(due))) {
                setLater(loaderId);
            }
            scheduler.triggerCheckForDueExecutions();
        } catch (TaskInstanceNotFoundException e) {
            if (due != null) {
                // It went between the two calls, with the end of an earlier ringing.
                setLater(loaderId);
            }
        } catch (TaskInstanceCurrentlyExecutingException e) {
            // It rings right now, which takes a moment, and may or may not have read the new time.
            setLater(loaderId);
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

    private void setLater(String loaderId) {
        pause();
        set(loaderId);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
