package io.meterline.console;

/** A value of a select and what people read for it. */
public record Choice(String value, String label) {
    public static Choice of(String value) {
        return new Choice(value, value);
    }
}
