package io.meterline.access;

import io.meterline.event.RuleException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What may be a password: 10 to 200 characters of any kind, and none of the first that somebody would try. What is left over
 * is for the throttle.
 */
final class PasswordRules {

    private static final int LEAST = 10;
    static final int MOST = 200;

    // Rows of the keyboard and of the alphabet: whatever is a piece of one, forwards or backwards, repeated or not.
    private static final List<String> ROWS = List.of(
            "01234567890123456789",
            "abcdefghijklmnopqrstuvwxyz",
            "qwertyuiopasdfghjklzxcvbnm",
            "qwertzuiopasdfghjklyxcvbnm",
            "azertyuiopqsdfghjklmwxcvbn",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
            "q1w2e3r4t5y6u7i8o9p0",
            "1q2w3e4r5t6y7u8i9o0p");

    // The words that lists of stolen passwords begin with, where they are long enough with a few digits behind.
    private static final Pattern WORDS = Pattern.compile(
            "(the|my|your|new)?(password|passwort|motdepasse|contrasena|passphrase|letmein|welcome|changeme|iloveyou|"
                    + "administrator|admin|root|user|login|secret|master|superman|batman|princess|sunshine|football|"
                    + "baseball|basketball|dragon|monkey|shadow|michael|jennifer|jordan|liverpool|chelsea|arsenal|starwars|"
                    + "pokemon|trustno|whatever|computer|internet|test|qwerty|qwertz|azerty|asdf|abc|meterline|example)+");

    private PasswordRules() {}

    /**
     * Throws {@code RuleException}: {@code password_too_short}, {@code password_too_long}, {@code password_too_simple}.
     */
    static void check(String password, String email) {
        int length = password.codePointCount(0, password.length());
        if (length < LEAST) {
            throw invalid(
                    "password_too_short",
                    "A password has at least 10 characters. Three or four words make a good one.");
        }
        if (length > MOST) {
            throw invalid("password_too_long", "A password has at most 200 characters.");
        }
        if (isSimple(password.toLowerCase(Locale.ROOT), email)) {
            throw invalid(
                    "password_too_simple",
                    "This password is among the first that somebody would try. Three or four words make a good one.");
        }
    }

    private static boolean isSimple(String password, String email) {
        String local = EmailAddress.localPart(email);
        String letters = plain(password.replaceAll("^[^a-z]+|[^a-z]+$", ""));
        return password.chars().distinct().count() < 4
                || isOfRows(password)
                || password.contains(email)
                || isMostly(password, local)
                || isMostly(password, email.substring(local.length() + 1))
                || WORDS.matcher(letters).matches();
    }

    // The name with a few digits behind it.
    private static boolean isMostly(String password, String word) {
        return word.length() >= 3 && password.replace(word, "").length() <= 4;
    }

    private static boolean isOfRows(String password) {
        String backwards = new StringBuilder(password).reverse().toString();
        return ROWS.stream().anyMatch(row -> isOfRow(password, row) || isOfRow(backwards, row));
    }

    // In pieces of four or more, as in 1234512345.
    private static boolean isOfRow(String password, String row) {
        int from = 0;
        while (from < password.length()) {
            int to = from + 1;
            while (to < password.length() && row.contains(password.substring(from, to + 1))) {
                to++;
            }
            if (to - from < 4) {
                return false;
            }
            from = to;
        }
        return true;
    }

    private static String plain(String password) {
        return password.replace('0', 'o')
                .replace('1', 'i')
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('@', 'a')
                .replace('$', 's')
                .replace('5', 's');
    }

    private static RuleException invalid(String code, String message) {
        return new RuleException(RuleException.Kind.INVALID, code, message);
    }
}
