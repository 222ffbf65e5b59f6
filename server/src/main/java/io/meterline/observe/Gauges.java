package io.meterline.observe;

import io.meterline.event.Environment;
import io.meterline.event.Source;
import io.meterline.ingest.EventErrorCode;
import io.meterline.ingest.IngestCounts;
import io.meterline.loader.LoaderFigures;
import io.meterline.store.DiskSpace;
import io.meterline.store.StoreFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The figures of the stages by name, asked for when somebody looks. {@code docs/guides/operating.md} lists them; a test
 * holds the two together.
 */
public final class Gauges {

    private final MeterRegistry registry;

    public Gauges(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What comes in. */
    public Gauges ingest(IngestCounts counts) {
        for (Environment environment : Environment.values()) {
            for (Source source : Source.values()) {
                if (source != Source.LOADER) {
                    FunctionCounter.builder("meterline.ingest.accepted", counts, it -> it.accepted(environment, source))
                            .description("Events that were pushed or imported and are durable")
                            .tag("environment", environment.text())
                            .tag("source", source.name().toLowerCase(Locale.ROOT))
                            .register(registry);
                }
            }
        }
        for (EventErrorCode code : EventErrorCode.values()) {
            FunctionCounter.builder("meterline.ingest.refused", counts, it -> it.refused(code))
                    .description("Events that were refused, by the code of the error")
                    .tag("code", code.text())
                    .register(registry);
        }
        return this;
    }

    /** The event store. */
    public Gauges store(Supplier<StoreFigures> figures) {
        Snapshot<StoreFigures> store = new Snapshot<>(figures);
        counter("meterline.store.events", "Events that became durable", store, StoreFigures::accepted);
        FunctionTimer.builder(
                        "meterline.store.commits",
                        store,
                        it -> it.get().commits(),
                        it -> it.get().commitNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Writes and syncs of the log, each for all requests that were waiting")
                .register(registry);
        FunctionCounter.builder("meterline.store.refused", store, it -> it.get().busy())
                .description("Groups of events that were refused")
                .tag("reason", "overloaded")
                .register(registry);
        FunctionCounter.builder("meterline.store.refused", store, it -> it.get().diskFull())
                .description("Groups of events that were refused")
                .tag("reason", "disk_full")
                .register(registry);
        counter(
                "meterline.store.reopened",
                "How often the database failed and was opened anew",
                store,
                StoreFigures::reopened);
        gauge("meterline.store.queued.events", "Events that wait to become durable", store, StoreFigures::queued);
        gauge(
                "meterline.store.unapplied.events",
                "Durable events that do not count yet; reads wait for them",
                store,
                StoreFigures::unapplied);
        gauge("meterline.store.log.bytes", "Size of the write-ahead log", store, StoreFigures::logBytes);
        gauge("meterline.store.waiting.reads", "Reads that wait for a thread", store, StoreFigures::waitingReads);
        return this;
    }

    /** The disk of the data folder. */
    public Gauges disk(DiskSpace disk) {
        Supplier<DiskSpace> it = () -> disk;
        gauge("meterline.disk.free.bytes", "Room on the disk of the data folder", it, DiskSpace::freeBytes);
        gauge("meterline.disk.reserve.bytes", "Below this nothing new is taken", it, DiskSpace::reserveBytes);
        return this;
    }

    /** The data loaders. */
    public Gauges loaders(Supplier<LoaderFigures> figures) {
        Snapshot<LoaderFigures> loaders = new Snapshot<>(figures);
        runs("succeeded", loaders, LoaderFigures::succeeded);
        runs("failed", loaders, LoaderFigures::failed);
        runs("cancelled", loaders, LoaderFigures::cancelled);
        FunctionTimer.builder(
                        "meterline.loader.run.duration",
                        loaders,
                        it -> it.get().succeeded()
                                + it.get().failed()
                                + it.get().cancelled(),
                        it -> it.get().runNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Runs that ended, and how long they took")
                .register(registry);
        counter("meterline.loader.rows.read", "Rows of runs that ended", loaders, LoaderFigures::rowsRead);
        counter("meterline.loader.rows.set.aside", "Bad rows of runs that ended", loaders, LoaderFigures::rowsSetAside);
        gauge("meterline.loader.running", "Runs that go on", loaders, LoaderFigures::running);
        gauge("meterline.loader.waiting", "Runs that wait for their turn at a source", loaders, LoaderFigures::waiting);
        gauge(
                "meterline.loader.failing",
                "Loaders that have given up until their next time",
                loaders,
                LoaderFigures::failing);
        gauge(
                "meterline.loader.behind.seconds",
                "How long the run that waits longest has been due",
                loaders,
                it -> it.behindMicros() / 1e6);
        return this;
    }

    /** The checks of readiness: 1 when a check is green, 0 when it is red. */
    public Gauges readiness(Readiness readiness, Iterable<Check> checks) {
        for (Check check : checks) {
            Gauge.builder("meterline.ready", readiness, it -> it.isGreen(check.name()) ? 1 : 0)
                    .description("1 when a check of readiness is green")
                    .tag("check", check.name())
                    .register(registry);
        }
        return this;
    }

    private void runs(String status, Supplier<LoaderFigures> loaders, ToDoubleFunction<LoaderFigures> count) {
        FunctionCounter.builder("meterline.loader.runs", loaders, it -> count.applyAsDouble(it.get()))
                .description("Runs that ended")
                .tag("status", status)
                .register(registry);
    }

    private <T> void counter(String name, String description, Supplier<T> of, ToDoubleFunction<T> figure) {
        FunctionCounter.builder(name, of, it -> figure.applyAsDouble(it.get()))
                .description(description)
                .register(registry);
    }

    private <T> void gauge(String name, String description, Supplier<T> of, ToDoubleFunction<T> figure) {
        Gauge.builder(name, of, it -> figure.applyAsDouble(it.get()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }
}
