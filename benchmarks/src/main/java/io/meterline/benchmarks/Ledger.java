package io.meterline.benchmarks;

/**
 * Which version of each event the server has acknowledged last. A client writes only the events that it owns, so that
 * no two write one place.
 */
final class Ledger {

    private static final int MAX_VERSION = 60;

    private final Workload workload;
    private final byte[] sent;

    Ledger(Workload workload, long capacity) {
        this.workload = workload;
        this.sent = new byte[Math.toIntExact(capacity)];
    }

    /** The version to send next, counted as sent; -1 where an event has had enough of them. */
    int next(long index) {
        byte version = sent[(int) index];
        if (version > MAX_VERSION) {
            return -1;
        }
        sent[(int) index] = (byte) (version + 1);
        return version;
    }

    /** What the figures of one type must be. */
    record Total(long events, long hundredths) {}

    /** The totals by type. */
    Total[] byType() {
        long[] events = new long[workload.types()];
        long[] sums = new long[workload.types()];
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] > 0) {
                int type = workload.type(i);
                events[type]++;
                sums[type] += workload.amount(i, sent[i] - 1);
            }
        }
        Total[] totals = new Total[workload.types()];
        for (int type = 0; type < totals.length; type++) {
            totals[type] = new Total(events[type], sums[type]);
        }
        return totals;
    }

    /** The totals of the events of one type by customer and month: {@code customer * MONTHS + month}. */
    Total[] byCustomer(int type) {
        int cells = Workload.CUSTOMERS * Workload.MONTHS;
        long[] events = new long[cells];
        long[] sums = new long[cells];
        for (int i = 0; i < sent.length; i++) {
            if (sent[i] > 0 && workload.type(i) == type) {
                int month = workload.month(workload.second(i, sent[i] - 1));
                int cell = workload.customer(i) * Workload.MONTHS + month;
                events[cell]++;
                sums[cell] += workload.amount(i, sent[i] - 1);
            }
        }
        Total[] totals = new Total[cells];
        for (int cell = 0; cell < cells; cell++) {
            totals[cell] = new Total(events[cell], sums[cell]);
        }
        return totals;
    }
}
