package io.meterline;

import io.meterline.control.ControlDatabase;
import io.meterline.event.RuleException;
import io.meterline.loader.Loaders;
import io.meterline.observe.Check;
import io.meterline.store.DiskSpace;
import io.meterline.store.EventStore;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What must hold for the server to be ready: its databases can be written, the disk has room, loaders keep up. */
final class HealthChecks {

    private HealthChecks() {}

    static List<Check> of(
            ControlDatabase control, EventStore events, DiskSpace disk, Loaders loaders, Duration farBehind) {
        return List.of(
                new Check("control", () -> state(control.check())),
                new Check("events", () -> state(events.health())),
                new Check("disk", () -> state(disk)),
                new Check("loaders", () -> state(loaders, farBehind)));
    }

    private static Check.State state(DiskSpace disk) {
        return new Check.State(
                !disk.isLow(),
                "%d MiB free, %d MiB reserved (disk.reserve)."
                        .formatted(disk.freeBytes() >> 20, disk.reserveBytes() >> 20));
    }

    private static Check.State state(Loaders loaders, Duration farBehind) {
        Duration behind;
        try {
            behind = Duration.of(loaders.figures().behindMicros(), ChronoUnit.MICROS);
        } catch (RuleException e) {
            return new Check.State(false, e.sentence());
        }
        boolean near = behind.compareTo(farBehind) < 0;
        return new Check.State(
                near,
                near
                        ? "No data loader is far behind."
                        : "A data loader has been due for " + behind + " without starting.");
    }

    private static Check.State state(EventStore.Health health) {
        return new Check.State(health.writable(), health.detail());
    }

    private static Check.State state(ControlDatabase.Health health) {
        return new Check.State(health.writable(), health.detail());
    }
}
