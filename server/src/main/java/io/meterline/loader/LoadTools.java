package io.meterline.loader;

import io.meterline.config.Settings;
import io.meterline.customer.CustomerDirectory;
import io.meterline.event.Environment;
import io.meterline.ingest.RejectedEvents;
import io.meterline.loader.source.Sources;
import io.meterline.store.EventWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * What every run works with.
 *
 * @param futureTolerance how far ahead of the clock a timestamp may lie in an environment
 */
public record LoadTools(
        Sources sources,
        EventWriter events,
        CustomerDirectory customers,
        RejectedEvents rejected,
        Function<Environment, Duration> futureTolerance,
        Settings.Loader limits,
        InstantSource clock) {}
