package io.meterline.loader;

import java.util.concurrent.atomic.LongAdder;

/** Counts of the runs that ended since the start of the process. */
final class RunTotals {

    final LongAdder succeeded = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder nanos = new LongAdder();
    final LongAdder rowsRead = new LongAdder();
    final LongAdder rowsSetAside = new LongAdder();

    void add(RunState.Ended end, RunCounts counts, long tookMicros) {
        LongAdder total = switch (end) {
            case RunState.Succeeded _ -> succeeded;
            case RunState.Failed _ -> failed;
            case RunState.Cancelled _ -> cancelled;
        };
        total.increment();
        nanos.add(tookMicros * 1_000);
        rowsRead.add(counts.read());
        rowsSetAside.add(counts.setAside());
    }
}
