package io.meterline.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password as it is stored: Argon2id (RFC 9106) in the usual text form, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash},
 * which holds what it was made with.
 *
 * <p>Making one takes {@link Cost#memoryKiB} of memory and some 50 ms of a processor.
 */
final class PasswordHash {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    /** How much work a guess is. */
    record Cost(int memoryKiB, int passes, int lanes) {
        /** What OWASP's Password Storage Cheat Sheet recommends at least for Argon2id. */
        static final Cost RECOMMENDED = new Cost(19_456, 2, 1);
    }

    static PasswordHash of(String password, Cost cost) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new PasswordHash(cost, salt, argon2(password, cost, salt, HASH_BYTES));
    }

    /** What no password matches, and takes as long to find out as with any other. */
    static PasswordHash ofNobody(Cost cost) {
        return new PasswordHash(cost, new byte[SALT_BYTES], new byte[HASH_BYTES]);
    }

    /** Reads a {@link #text()}. Throws {@code IllegalArgumentException} for any other, without repeating it. */
    static PasswordHash parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a stored password is not in the form of Argon2id");
        }
        Cost cost = new Cost(
                Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
        Base64.Decoder decoder = Base64.getDecoder();
        return new PasswordHash(cost, decoder.decode(parts.group(4)), decoder.decode(parts.group(5)));
    }

    Cost cost() {
        return cost;
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(hash, argon2(password, cost, salt, hash.length));
    }

    String text() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKiB(),
                        cost.passes(),
                        cost.lanes(),
                        encoder.encodeToString(salt),
                        encoder.encodeToString(hash));
    }

    // Two keyboards may send the same letter in two ways (RFC 8265, section 4.2).
    private static byte[] argon2(String password, Cost cost, byte[] salt, int length) {
        byte[] bytes = Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKiB())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[length];
        generator.generateBytes(bytes, hash);
        Arrays.fill(bytes, (byte) 0);
        return hash;
    }

    /** Keeps the hash out of logs. */
    @Override
    public String toString() {
        return "PasswordHash[cost=" + cost + "]";
    }
}
