package io.meterline.benchmarks;

import java.util.Arrays;

/** Times of requests, kept whole: a percentile is one of them, not an estimate. */
final class Latencies {

    private long[] nanos = new long[1 << 12];
    private int count;

    synchronized void add(long value) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = value;
    }

    synchronized int count() {
        return count;
    }

    /** In milliseconds; the least time that so many thousandths of the requests did not exceed. */
    synchronized double millis(int thousandths) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int place = (int) Math.ceilDiv((long) count * thousandths, 1_000L) - 1;
        return sorted[Math.max(0, place)] / 1e6;
    }
}
