package io.meterline.meter;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes ids of aggregators: {@code agg_} and 96 random bits. */
final class AggregatorIds {

    private static final int RANDOM_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AggregatorIds() {}

    static String next() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return "agg_" + HexFormat.of().formatHex(bytes);
    }
}
