package io.meterline.console;

import java.util.Locale;

/** The operators of filters, as people read them. */
public enum Comparison {
    EQUALS("is"),
    NOT_EQUAL("is not"),
    IN("is one of"),
    NOT_IN("is none of"),
    GT("is above"),
    GTE("is at least"),
    LT("is below"),
    LTE("is at most"),
    CONTAINS("contains"),
    STARTS_WITH("starts with"),
    IS_NULL("is missing"),
    IS_NOT_NULL("is there");

    private final String words;

    Comparison(String words) {
        this.words = words;
    }

    /** By the text of the API; {@link #EQUALS} when it is none. */
    public static Comparison of(String text) {
        for (Comparison comparison : values()) {
            if (comparison.text().equals(text)) {
                return comparison;
            }
        }
        return EQUALS;
    }

    /** As the API writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return words;
    }

    public boolean takesValue() {
        return this != IS_NULL && this != IS_NOT_NULL;
    }

    public boolean takesSeveral() {
        return this == IN || this == NOT_IN;
    }
}
