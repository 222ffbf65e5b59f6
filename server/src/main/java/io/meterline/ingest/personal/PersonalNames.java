package io.meterline.ingest.personal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of properties that suggest what their values are. {@code name} alone does not: most things have one. */
final class PersonalNames {

    private static final Map<PersonalKind, List<String>> WORDS = Map.of(
            PersonalKind.EMAIL, List.of("email", "e mail", "mail address"),
            PersonalKind.PHONE, List.of("phone", "telephone", "mobile number", "cell number", "fax"),
            PersonalKind.CARD, List.of("card number", "credit card", "pan", "cvv", "cvc"),
            PersonalKind.IBAN, List.of("iban", "bank account", "account number"),
            PersonalKind.NAME,
                    List.of(
                            "first name",
                            "firstname",
                            "last name",
                            "lastname",
                            "middle name",
                            "given name",
                            "family name",
                            "maiden name",
                            "surname",
                            "full name",
                            "fullname",
                            "nickname"),
            PersonalKind.ADDRESS,
                    List.of("address", "street", "postal code", "postcode", "zip code", "zipcode", "zip", "ip"),
            PersonalKind.BIRTH_DATE, List.of("birth", "birthday", "birthdate", "dob"),
            PersonalKind.POSITION,
                    List.of("latitude", "longitude", "lat", "lng", "lon", "gps", "geolocation", "coordinates"));

    private static final Pattern WORD_BORDERS = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|[^\\p{L}\\p{N}]+");

    private PersonalNames() {}

    /** Compares whole words, so that {@code platform} holds no {@code lat}. */
    static @Nullable PersonalKind kind(String property) {
        String words = " " + String.join(" ", WORD_BORDERS.split(property)).toLowerCase(Locale.ROOT) + " ";
        for (PersonalKind kind : PersonalKind.values()) {
            for (String word : WORDS.getOrDefault(kind, List.of())) {
                if (words.contains(" " + word + " ")) {
                    return kind;
                }
            }
        }
        return null;
    }
}
