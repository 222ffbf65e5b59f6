package io.meterline.benchmarks;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that every benchmark sends, each a function of its index and its version, so that what was sent can be
 * counted again afterwards.
 *
 * <p>Event {@code i} is at its place in three past months, in order; its type, its customer and its amount are spread
 * by a hash. Version {@code v} is {@code v} seconds later and has another amount. Amounts have two decimals and are
 * given in hundredths.
 *
 * @param rows how many events fill the three months
 * @param types how many event types there are, at most 1,000
 * @param properties how many properties an event has beside its id
 * @param months from the first of the three on
 */
record Workload(long rows, int types, int properties, Months months) {

    static final int CUSTOMERS = 10_000;
    static final int MONTHS = 3;

    private static final int SECONDS_A_DAY = 86_400;
    private static final long LEAST_AMOUNT = 100_000;
    private static final long AMOUNTS = 900_000;

    Workload {
        if (rows < 1 || types < 1 || types > 1_000 || properties < 1 || properties > 24) {
            throw new IllegalArgumentException("rows from 1, types from 1 to 1000, properties from 1 to 24");
        }
    }

    int type(long index) {
        return (int) ((mix(index) >>> 40) % types);
    }

    int customer(long index) {
        return (int) ((mix(index) >>> 8 & 0xffff_ffffL) % CUSTOMERS);
    }

    long amount(long index, int version) {
        return LEAST_AMOUNT + (mix(index * 64 + version) >>> 20) % AMOUNTS;
    }

    /** Seconds since the start of the first month. Indexes beyond the rows begin again at the start. */
    long second(long index, int version) {
        return index % rows * (seconds() - 64) / rows + version;
    }

    /** Which of the three months a second lies in, from 0. */
    int month(long second) {
        int month = 0;
        while (month < MONTHS - 1 && second >= startOfMonth(month + 1)) {
            month++;
        }
        return month;
    }

    /** 16 digits that no other index has. */
    static long mix(long index) {
        long z = (index + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    static String typeName(int type) {
        return "usage_%03d".formatted(type);
    }

    static String customerName(int customer) {
        return "customer-%08d".formatted(customer);
    }

    static String recordId(long index) {
        return "txn_%016x%010d".formatted(mix(index), index);
    }

    /** The names of the properties beside the id; every second one is a number. */
    List<String> propertyNames() {
        List<String> names = new ArrayList<>(List.of("amount", "region", "units", "path", "cached"));
        for (int i = names.size(); i < properties; i++) {
            names.add("extra_%02d".formatted(i));
        }
        return List.copyOf(names.subList(0, properties));
    }

    /** The days of the three months. */
    List<LocalDate> days() {
        return months.first()
                .atDay(1)
                .datesUntil(months.first().plusMonths(MONTHS).atDay(1))
                .toList();
    }

    private long seconds() {
        return months.start(MONTHS) - months.start(0);
    }

    private long startOfMonth(int month) {
        return months.start(month) - months.start(0);
    }

    /** Seconds of the day of a second. */
    static int secondOfDay(long second) {
        return (int) (second % SECONDS_A_DAY);
    }

    static int day(long second) {
        return (int) (second / SECONDS_A_DAY);
    }
}
