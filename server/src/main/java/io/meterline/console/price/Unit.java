package io.meterline.console.price;

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
        return many.endsWith("s") && !many.endsWith("ss") ? many.substring(0, many.length() - 1) : many;
    }
}
