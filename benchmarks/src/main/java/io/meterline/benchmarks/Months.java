package io.meterline.benchmarks;

import java.time.YearMonth;
import java.time.ZoneOffset;

/** Months in a row, numbered from 0. */
record Months(YearMonth first) {

    /** Epoch seconds of the start of a month. */
    long start(int month) {
        return first.plusMonths(month).atDay(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    /** ISO text of the start of a month. */
    String text(int month) {
        return first.plusMonths(month).atDay(1) + "T00:00:00Z";
    }
}
