package io.meterline.event;

import java.util.Locale;

/**
 * The way an event came in.
 *
 * <p>Pushed and imported events share their keys. Pulled rows have keys of their own, so that a loader and the push API
 * never replace each other's records.
 */
public enum Source {
    PUSH('P'),
    IMPORT('I'),
    LOADER('L');

    private final char code;

    Source(char code) {
        this.code = code;
    }

    /** A letter that stands for it on disk; never changes. */
    public char code() {
        return code;
    }

    /** The source with this {@link #code()}. Throws {@code IllegalArgumentException} for any other letter. */
    public static Source ofCode(char code) {
        for (Source source : values()) {
            if (source.code == code) {
                return source;
            }
        }
        throw new IllegalArgumentException("no source has the code " + code);
    }

    /** The name in the API: {@code push}, {@code import} or {@code loader}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The source with this {@link #text()}. Throws {@code IllegalArgumentException} for any other text. */
    public static Source of(String text) {
        for (Source source : values()) {
            if (source.text().equals(text)) {
                return source;
            }
        }
        throw new IllegalArgumentException("source must be push, import or loader, not " + text);
    }
}
