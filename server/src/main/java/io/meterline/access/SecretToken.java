package io.meterline.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 256 random bits that let somebody in, as text for cookies and links. Only their SHA-256 is stored: what cannot be guessed
 * needs no slow hash.
 */
final class SecretToken {

    /** What ids of users begin with. */
    static final String USER = "usr_";

    private static final int BYTES = 32;
    private static final int ID_BYTES = 12;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretToken() {}

    static String next() {
        return TEXT.encodeToString(random(BYTES));
    }

    /** An id: what names the kind of thing, and 96 random bits. */
    static String nextId(String prefix) {
        return prefix + HexFormat.of().formatHex(random(ID_BYTES));
    }

    /** False for texts that are none, so that they never reach the database. */
    static boolean isPossible(String text) {
        return FORM.matcher(text).matches();
    }

    static String hash(String token) {
        try {
            byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Another secret that follows from the token and does not give it away: what a session's forms carry. */
    static String csrf(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return TEXT.encodeToString(mac.doFinal("csrf".getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
