package io.meterline.loader;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes ids: a prefix that names the kind of thing, and 96 random bits. */
final class Ids {

    private static final int RANDOM_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static String connection() {
        return next("con_");
    }

    static String loader() {
        return next("ldr_");
    }

    static String run() {
        return next("run_");
    }

    private static String next(String prefix) {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }
}
