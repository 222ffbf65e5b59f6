package io.meterline.event;

import java.util.Locale;

/** One of the two separate worlds of an installation. No data crosses from one to the other. */
public enum Environment {
    LIVE('L'),
    TEST('T');

    private final char code;

    Environment(char code) {
        this.code = code;
    }

    /** A letter that stands for it in keys and on disk; never changes. */
    public char code() {
        return code;
    }

    /** The name in the API and in the database: {@code live} or {@code test}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The environment with this {@link #text()}. Throws {@code IllegalArgumentException} for any other text. */
    public static Environment of(String text) {
        for (Environment environment : values()) {
            if (environment.text().equals(text)) {
                return environment;
            }
        }
        throw new IllegalArgumentException("environment must be live or test, not " + text);
    }
}
