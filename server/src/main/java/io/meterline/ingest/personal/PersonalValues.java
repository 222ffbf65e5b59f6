package io.meterline.ingest.personal;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.CreditCardValidator;
import org.apache.commons.validator.routines.EmailValidator;
import org.apache.commons.validator.routines.IBANValidator;
import org.jspecify.annotations.Nullable;

/** Values that are personal by what they are, whatever their property is called. */
final class PersonalValues {

    private static final EmailValidator EMAIL = EmailValidator.getInstance();
    private static final IBANValidator IBAN = IBANValidator.getInstance();

    // With the first digits that issuers use: of all numbers that are only long enough, Luhn's check passes one in ten.
    private static final CreditCardValidator CARD = new CreditCardValidator(CreditCardValidator.AMEX
            + CreditCardValidator.VISA
            + CreditCardValidator.MASTERCARD
            + CreditCardValidator.DISCOVER
            + CreditCardValidator.DINERS);

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s<>(),;\"]+");
    private static final Pattern GROUPED_DIGITS = Pattern.compile("\\d[\\d -]{11,25}\\d");
    private static final Pattern GROUPED_IBAN = Pattern.compile("[A-Za-z]{2}\\d{2}[A-Za-z0-9 ]{11,40}");
    private static final Pattern PHONE_DIGITS = Pattern.compile("\\d{7,15}");
    private static final int PHONE_TRIES = 10;

    private PersonalValues() {}

    static @Nullable PersonalKind kind(String text) {
        if (text.indexOf('@') > 0 && BETWEEN_WORDS.splitAsStream(text).anyMatch(EMAIL::isValid)) {
            return PersonalKind.EMAIL;
        }
        if (isIban(text)) {
            return PersonalKind.IBAN;
        }
        if (isCard(text)) {
            return PersonalKind.CARD;
        }
        // Without a country code the same digits are an order number in most of the world.
        return text.indexOf('+') >= 0 && holdsPhone(text) ? PersonalKind.PHONE : null;
    }

    static boolean isCard(String text) {
        String trimmed = text.strip();
        return GROUPED_DIGITS.matcher(trimmed).matches()
                && CARD.isValid(trimmed.replace(" ", "").replace("-", ""));
    }

    static boolean couldBePhone(String digits) {
        return PHONE_DIGITS.matcher(digits).matches();
    }

    private static boolean isIban(String text) {
        String trimmed = text.strip();
        return GROUPED_IBAN.matcher(trimmed).matches()
                && IBAN.isValid(trimmed.replace(" ", "").toUpperCase(Locale.ROOT));
    }

    private static boolean holdsPhone(String text) {
        return PhoneNumberUtil.getInstance()
                .findNumbers(text, null, Leniency.VALID, PHONE_TRIES)
                .iterator()
                .hasNext();
    }
}
