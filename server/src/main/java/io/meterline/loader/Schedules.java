package io.meterline.loader;

import io.meterline.event.Timestamps;
import io.meterline.loader.source.SourceException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** When loaders run next, as part of the transactions that decide it. */
final class Schedules {

    private final Backoff backoff;
    private final InstantSource clock;

    Schedules(Backoff backoff, InstantSource clock) {
        this.backoff = backoff;
        this.clock = clock;
    }

    /** Of a new loader. */
    void start(Handle handle, Loader loader) {
        ScheduleRows.save(handle, loader.id(), LoaderSchedule.starting(regular(loader)));
    }

    /** After a change of its refresh. */
    void replan(Handle handle, Loader loader) {
        ScheduleRows.byLoader(handle, loader.id())
                .ifPresent(schedule -> ScheduleRows.save(handle, loader.id(), schedule.planned(regular(loader))));
    }

    void pause(Handle handle, Loader loader) {
        ScheduleRows.byLoader(handle, loader.id())
                .ifPresent(schedule -> ScheduleRows.save(handle, loader.id(), schedule.pause(now())));
    }

    void resume(Handle handle, Loader loader) {
        ScheduleRows.byLoader(handle, loader.id())
                .ifPresent(schedule -> ScheduleRows.save(handle, loader.id(), schedule.resume(regular(loader))));
    }

    boolean isPaused(Handle handle, String loaderId) {
        return ScheduleRows.byLoader(handle, loaderId)
                .filter(LoaderSchedule::isPaused)
                .isPresent();
    }

    /** When it is due next; null when it is not. */
    @Nullable
    Long dueAt(Handle handle, String loaderId) {
        return ScheduleRows.byLoader(handle, loaderId)
                .map(LoaderSchedule::nextRunAtMicros)
                .orElse(null);
    }

    /**
     * Plans the regular time after this moment for a loader whose time has come. However many times were missed, they
     * are one.
     *
     * @return whether a run is due
     */
    boolean ring(Handle handle, Loader loader) {
        Optional<LoaderSchedule> schedule = ScheduleRows.byLoader(handle, loader.id());
        Long due = schedule.map(LoaderSchedule::nextRunAtMicros).orElse(null);
        if (schedule.isEmpty() || due == null || due > now()) {
            return false;
        }
        ScheduleRows.save(handle, loader.id(), schedule.get().planned(regular(loader)));
        return true;
    }

    /** Which attempt a run is that starts now. */
    int attempt(Handle handle, String loaderId) {
        return ScheduleRows.byLoader(handle, loaderId)
                .map(schedule -> schedule.failedAttempts() + 1)
                .orElse(1);
    }

    /** Takes the end of a run into account: a failure that may pass is tried again, not for ever. */
    void ended(Handle handle, Loader loader, RunState.Ended end) {
        ScheduleRows.byLoader(handle, loader.id()).ifPresent(schedule -> {
            LoaderSchedule after = switch (end) {
                case RunState.Succeeded _ -> schedule.succeeded();
                case RunState.Cancelled _ -> schedule.cancelled();
                case RunState.Failed failed -> failed(schedule, failed.error().code());
            };
            ScheduleRows.save(handle, loader.id(), after);
        });
    }

    private LoaderSchedule failed(LoaderSchedule schedule, String code) {
        boolean passing = Backoff.isTransient(code) || SourceException.isTransient(code);
        Duration wait = passing ? backoff.after(schedule.failedAttempts() + 1) : null;
        if (wait == null) {
            return schedule.fail(now());
        }
        Duration sooner = code.equals(Execution.INTERRUPTED.code()) ? Duration.ZERO : wait;
        return schedule.retry(now() + sooner.toNanos() / 1_000);
    }

    private @Nullable Long regular(Loader loader) {
        return loader.draft().refresh().next(loader.id(), now());
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
