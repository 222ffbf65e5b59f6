package io.meterline.access;

import io.meterline.event.Environment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The text of an API key: {@code prod_} or {@code test_} and 40 random hexadecimal digits.
 *
 * <p>It is stored as its plain SHA-256. Slow, salted hashes protect passwords that people choose, because those can be
 * guessed; 160 random bits cannot, and this hash is computed for every request.
 */
final class ApiKeySecret {

    private static final int RANDOM_BYTES = 20;
    private static final int MAX_LENGTH = 256;
    private static final int PREFIX_LENGTH = 5;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(ApiKeySecret::sha256);

    private ApiKeySecret() {}

    static String next(Environment environment) {
        return prefix(environment) + randomHex(RANDOM_BYTES);
    }

    static String nextId() {
        return "key_" + randomHex(12);
    }

    /** False for texts that no key has, so that they never reach the database. */
    static boolean isPossible(String text) {
        return text.length() <= MAX_LENGTH
                && (text.startsWith(prefix(Environment.LIVE)) || text.startsWith(prefix(Environment.TEST)));
    }

    static String hash(String secret) {
        return HexFormat.of().formatHex(SHA_256.get().digest(secret.getBytes(StandardCharsets.UTF_8)));
    }

    static String hint(String secret) {
        return secret.substring(0, PREFIX_LENGTH + 4) + "…" + secret.substring(secret.length() - 4);
    }

    private static String prefix(Environment environment) {
        return switch (environment) {
            case LIVE -> "prod_";
            case TEST -> "test_";
        };
    }

    private static String randomHex(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
