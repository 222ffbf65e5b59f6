package io.meterline.store.duckdb;

import java.util.concurrent.atomic.LongAdder;

/** What is counted from the start of the process. */
final class Counters {

    final LongAdder accepted = new LongAdder();
    final LongAdder commits = new LongAdder();
    final LongAdder commitNanos = new LongAdder();
    final LongAdder busy = new LongAdder();
    final LongAdder diskFull = new LongAdder();
    final LongAdder reopened = new LongAdder();
}
