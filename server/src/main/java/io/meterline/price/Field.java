package io.meterline.price;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A field of a price as users write it. */
public enum Field {
    MODEL(Kind.WORD),
    AMOUNT(Kind.AMOUNT),
    UNIT_AMOUNT(Kind.AMOUNT),
    TIERS(Kind.TIERS),
    PACKAGE_SIZE(Kind.SIZE),
    PACKAGE_AMOUNT(Kind.AMOUNT),
    INCOMPLETE(Kind.WORD),
    RATE(Kind.AMOUNT),
    FIXED_AMOUNT(Kind.AMOUNT),
    FREE_EVENTS(Kind.COUNT),
    FREE_AMOUNT(Kind.AMOUNT),
    MIN_PER_EVENT(Kind.AMOUNT),
    MAX_PER_EVENT(Kind.AMOUNT),
    FREE_UNITS(Kind.AMOUNT),
    MINIMUM_AMOUNT(Kind.AMOUNT),
    MAXIMUM_AMOUNT(Kind.AMOUNT),
    DISCOUNT_PERCENT(Kind.PERCENT),
    ZERO_USAGE_FLAT(Kind.WORD),
    APPLY_PER(Kind.SPLIT);

    /** What stands in a field. */
    public enum Kind {
        /** A number that is not negative. */
        AMOUNT,
        /** A number above zero. */
        SIZE,
        /** A whole number that is not negative. */
        COUNT,
        /** A number of 0 to 100. */
        PERCENT,
        /** One of a few words. */
        WORD,
        /** A list of {@link TierDraft}. */
        TIERS,
        /** A {@link SplitDraft}. */
        SPLIT;

        /** Whether it is a decimal. */
        public boolean isNumber() {
            return switch (this) {
                case AMOUNT, SIZE, COUNT, PERCENT -> true;
                case WORD, TIERS, SPLIT -> false;
            };
        }
    }

    private final Kind kind;
    private final String text = name().toLowerCase(Locale.ROOT);

    Field(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The name as users write it. */
    public String text() {
        return text;
    }

    /** The field of a name as users write it. */
    public static Optional<Field> of(String text) {
        return Arrays.stream(values()).filter(field -> field.text.equals(text)).findFirst();
    }
}
