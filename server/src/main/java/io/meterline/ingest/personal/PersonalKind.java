package io.meterline.ingest.personal;

/** A kind of personal data. */
public enum PersonalKind {
    EMAIL("an e-mail address"),
    PHONE("a phone number"),
    CARD("a card number"),
    IBAN("an IBAN"),
    NAME("a person's name"),
    ADDRESS("an address"),
    BIRTH_DATE("a date of birth"),
    POSITION("a position");

    private final String words;

    PersonalKind(String words) {
        this.words = words;
    }

    /** With its article, for a sentence. */
    public String words() {
        return words;
    }
}
