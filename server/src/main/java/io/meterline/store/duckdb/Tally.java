package io.meterline.store.duckdb;

import io.meterline.store.Measure;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the database found for one group and window, exact and unfinished, so that parts can be put together.
 *
 * <p>What {@link #first} and {@link #second} mean is the measure's affair: a sum; a sum and its moment (see {@link
 * WeightedSums}); the greatest, least or latest value. Null where no event counts.
 */
final class Tally {

    long events;
    long missing;
    long notNumeric;
    long divisionsByZero;
    long coerced;

    @Nullable
    BigDecimal first;

    @Nullable
    BigDecimal second;
    /** Timestamp and sequence of the latest event. */
    long latestMicros = Long.MIN_VALUE;

    long latestSequence = Long.MIN_VALUE;

    /** Adds another part of the same figure. Not for measures that cannot be put together from parts. */
    void add(Tally other, Measure measure) {
        events += other.events;
        missing += other.missing;
        notNumeric += other.notNumeric;
        divisionsByZero += other.divisionsByZero;
        coerced += other.coerced;
        BigDecimal value = other.first;
        if (value == null) {
            return;
        }
        BigDecimal mine = first;
        switch (measure) {
            case Measure.Max ignored -> first = mine == null ? value : mine.max(value);
            case Measure.Min ignored -> first = mine == null ? value : mine.min(value);
            case Measure.Latest ignored -> {
                if (other.isLaterThan(this)) {
                    first = value;
                    latestMicros = other.latestMicros;
                    latestSequence = other.latestSequence;
                }
            }
            case Measure.Count ignored -> {}
            case Measure.Sum ignored -> first = plus(mine, value);
            case Measure.Average ignored -> first = plus(mine, value);
            case Measure.Formula ignored -> first = plus(mine, value);
            case Measure.WeightedSum ignored -> {
                first = plus(mine, value);
                second = plus(second, other.second);
            }
            case Measure.CountDistinct ignored -> throw inseparable();
            case Measure.Percentile ignored -> throw inseparable();
        }
    }

    private boolean isLaterThan(Tally other) {
        return latestMicros != other.latestMicros
                ? latestMicros > other.latestMicros
                : latestSequence > other.latestSequence;
    }

    private static IllegalArgumentException inseparable() {
        return new IllegalArgumentException("this measure cannot be put together from parts");
    }

    static BigDecimal plus(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        if (a == null) {
            return b == null ? BigDecimal.ZERO : b;
        }
        return b == null ? a : a.add(b);
    }
}
