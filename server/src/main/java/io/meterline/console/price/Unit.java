package io.meterline.console.price;

import io.meterline.console.Formats;
import org.jspecify.annotations.Nullable;

/**
 * What a quantity is called.
 *
 * @param many such as {@code calls}
 */
public record Unit(String many) {

    /** Where nobody said. */
    public static final Unit UNKNOWN = new Unit("units");

    /** Of the name that an aggregator gives it; {@link #UNKNOWN} for none. */
    public static Unit of(@Nullable String many) {
        return many == null || many.isBlank() ? UNKNOWN : new Unit(many);
    }

    /** Of one: {@code call}. */
    public String one() {
        return Formats.one(many);
    }
}
