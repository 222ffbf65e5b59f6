package io.meterline.store;

import static io.meterline.store.TestEvents.number;

import io.meterline.event.PropertyValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Small sets of customers, times, names and values, so that a random history is full of collisions. */
final class RandomValues {

    static final long DAY_MICROS = 86_400_000_000L;
    static final long START_MICROS = TestEvents.micros("2026-01-01T00:00:00Z");
    static final int DAYS = 6;

    /** Names of properties with values of all kinds, of texts and the like, and of small numbers. */
    static final List<String> ANY = List.of("p", "P");

    static final List<String> LABELS = List.of("region", "tag\u001F\" x");
    static final List<String> SMALL = List.of("n", "q");

    private static final List<@Nullable Object> ANY_VALUES = Arrays.asList(
            0,
            1,
            2,
            -7,
            number("0.1"),
            number("2.50"),
            number("-0.000001"),
            number("999999999999.999999"),
            number("1000000000000"),
            number("0.0000001"),
            number(NumberCases.WIDE),
            number(NumberCases.MOST),
            number("-" + NumberCases.MOST),
            number(NumberCases.LEAST),
            "2",
            "2.50",
            "-7",
            "0",
            NumberCases.WIDE,
            NumberCases.MOST,
            "1e2",
            "x",
            "X",
            "",
            "true",
            true,
            false,
            null,
            List.of(),
            List.of(1, "x", true),
            List.of("2"),
            Arrays.asList(1, null));

    private static final List<@Nullable Object> LABEL_VALUES = Arrays.asList(
            "eu",
            "eu",
            "us",
            "US",
            "",
            "1",
            1,
            number("1.0"),
            true,
            "true",
            null,
            List.of("eu"),
            "\u001F",
            "\u0000",
            "😀",
            "\uFF5E");

    private static final List<@Nullable Object> SMALL_VALUES =
            Arrays.asList(0, 1, 2, 3, -3, 7, number("0.5"), number("2.5"), "2", "0.0", "x", null, true);

    private final RandomGenerator random;
    private final int ids;

    RandomValues(RandomGenerator random, int ids) {
        this.random = random;
        this.ids = ids;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From the first to the last, both included. */
    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    <T extends @Nullable Object> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    long customer() {
        return between(1, 4);
    }

    String recordId() {
        return Integer.toString(below(ids));
    }

    /** A time at or beside the beginning of a day, or somewhere in it; sometimes before or behind all periods. */
    long time() {
        long day = START_MICROS + between(-1, DAYS) * DAY_MICROS;
        return switch (below(4)) {
            case 0 -> day - 1;
            case 1 -> day + below(3) * DAY_MICROS / 3;
            default -> day;
        };
    }

    /** The beginning of a day in which periods lie. */
    long bound() {
        return START_MICROS + below(DAYS) * DAY_MICROS;
    }

    List<String> names() {
        List<String> all = new ArrayList<>(ANY);
        all.addAll(LABELS);
        all.addAll(SMALL);
        return all;
    }

    PropertyValue value(String name) {
        if (SMALL.contains(name)) {
            return TestEvents.value(one(SMALL_VALUES));
        }
        return TestEvents.value(one(LABELS.contains(name) ? LABEL_VALUES : ANY_VALUES));
    }

    /** A value to compare a property with. */
    PropertyValue.Scalar operand(String name) {
        while (true) {
            if (value(name) instanceof PropertyValue.Scalar scalar) {
                return scalar;
            }
        }
    }
}
