package io.meterline.benchmarks;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Twelve months of events of 100,000 customers, each event a function of its index: in order of time, its customer and its
 * amount spread by a hash.
 *
 * @param rows how many events fill the year
 * @param months from the first of the twelve on
 */
record SimulatedYear(long rows, Months months) {

    static final int CUSTOMERS = 100_000;
    static final int MONTHS = 12;
    static final String TYPE = "calls";

    int customer(long index) {
        return (int) ((Workload.mix(index) >>> 8 & 0xffff_ffffL) % CUSTOMERS);
    }

    /** In hundredths. */
    long amount(long index) {
        return 1 + (Workload.mix(index * 64) >>> 20) % 10_000;
    }

    /** Epoch seconds. */
    long second(long index) {
        long length = end() - start();
        return start() + index * (length - 1) / rows;
    }

    long start() {
        return months.start(0);
    }

    long end() {
        return months.start(MONTHS);
    }

    /** Some events as NDJSON. */
    byte[] lines(long from, long to) {
        StringBuilder lines = new StringBuilder();
        for (long i = from; i < to; i++) {
            lines.append("{\"customer_id\":\"")
                    .append(Workload.customerName(customer(i)))
                    .append("\",\"event_type\":\"" + TYPE + "\",\"timestamp\":\"")
                    .append(LocalDateTime.ofEpochSecond(second(i), 0, ZoneOffset.UTC))
                    .append("Z\",\"record\":{\"id\":")
                    .append(i)
                    .append(",\"amount\":")
                    .append(BigDecimal.valueOf(amount(i), 2))
                    .append(",\"region\":\"")
                    .append(i % 3 == 0 ? "us" : "eu")
                    .append("\"}}\n");
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
