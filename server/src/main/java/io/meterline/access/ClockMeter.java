package io.meterline.access;

import io.github.bucket4j.TimeMeter;
import io.meterline.event.Timestamps;
import java.time.InstantSource;

/** The time of token buckets, from the clock that everything here has its time from. */
record ClockMeter(InstantSource clock) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
        return Timestamps.micros(clock.instant()) * 1_000;
    }

    @Override
    public boolean isWallClockBased() {
        return true;
    }
}
