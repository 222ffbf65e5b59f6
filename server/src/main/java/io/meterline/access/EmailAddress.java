package io.meterline.access;

import io.meterline.event.RuleException;
import java.util.Locale;
import java.util.regex.Pattern;

/** E-mail addresses, which name people. Nothing is ever sent to them, so they need not exist. */
final class EmailAddress {

    private static final int MAX_LENGTH = 254;
    private static final Pattern FORM =
            Pattern.compile("[^\\s@<>(),:;\"\\[\\]\\\\\\p{Cntrl}]{1,64}@[^\\s@<>(),:;\"\\[\\]\\\\\\p{Cntrl}]+");

    private EmailAddress() {}

    /** The form that is stored and compared. Throws {@code RuleException} {@code invalid_email}. */
    static String checked(String text) {
        String email = normal(text);
        if (email.length() > MAX_LENGTH || !FORM.matcher(email).matches()) {
            throw new RuleException(
                    RuleException.Kind.INVALID,
                    "invalid_email",
                    "Give an e-mail address as in ada@example.com, of at most 254 characters.");
        }
        return email;
    }

    /** The same of any text. One that is too long for an address becomes another that nobody has either. */
    static String normal(String text) {
        String email = text.strip().toLowerCase(Locale.ROOT);
        return email.length() <= MAX_LENGTH ? email : email.substring(0, MAX_LENGTH + 1);
    }

    static String localPart(String email) {
        return email.substring(0, email.indexOf('@'));
    }
}
