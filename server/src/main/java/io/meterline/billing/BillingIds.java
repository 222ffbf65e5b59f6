package io.meterline.billing;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes ids: a prefix that names the kind of thing, and 96 random bits. */
public final class BillingIds {

    private static final int RANDOM_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private BillingIds() {}

    static String product() {
        return "prd_" + random();
    }

    static String subscription() {
        return "sub_" + random();
    }

    /** Of an answer that is kept nowhere. */
    public static String calculation() {
        return "cal_" + random();
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
