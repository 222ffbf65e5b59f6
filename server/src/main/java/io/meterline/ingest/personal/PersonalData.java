package io.meterline.ingest.personal;

import io.meterline.event.PropertyValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what of a record looks like personal data.
 *
 * <p>A value counts by what it is (an e-mail address, a card number) or by the name of its property (a person's name, a
 * position). Masked text, as in {@code J***} or {@code l***.c***@yourcompany.com}, never counts, and neither do null and
 * booleans, whatever their property is called.
 */
public final class PersonalData {

    private PersonalData() {}

    /** What the value of a property looks like; of an array, its first element that looks like anything. */
    public static Optional<PersonalKind> in(String property, PropertyValue value) {
        return Optional.ofNullable(of(property, value));
    }

    private static @Nullable PersonalKind of(String property, PropertyValue value) {
        return switch (value) {
            case PropertyValue.Text(String text) -> ofText(property, text);
            case PropertyValue.Number number ->
                ofNumber(property, number.value().toPlainString());
            case PropertyValue.Array(var elements) -> {
                for (PropertyValue element : elements) {
                    PersonalKind kind = of(property, element);
                    if (kind != null) {
                        yield kind;
                    }
                }
                yield null;
            }
            case PropertyValue.Bool _, PropertyValue.Null _ -> null;
        };
    }

    private static @Nullable PersonalKind ofText(String property, String text) {
        if (text.isBlank() || text.contains("***")) {
            return null;
        }
        PersonalKind kind = PersonalValues.kind(text);
        return kind == null ? PersonalNames.kind(property) : kind;
    }

    // A number is a count more often than not: only where its digits are those of a card, of a phone whose property
    // says so,
    // or of a position.
    private static @Nullable PersonalKind ofNumber(String property, String digits) {
        if (PersonalValues.isCard(digits)) {
            return PersonalKind.CARD;
        }
        PersonalKind named = PersonalNames.kind(property);
        boolean isPhone = named == PersonalKind.PHONE && PersonalValues.couldBePhone(digits);
        return isPhone || named == PersonalKind.POSITION ? named : null;
    }
}
