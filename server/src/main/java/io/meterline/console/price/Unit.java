package io.meterline.console.price;

/**
 * What a quantity is called.
 *
 * @param many such as {@code calls}
 */
public record Unit(String many) {

    /** Where nobody said. */
    public static final Unit UNKNOWN = new Unit("units");

    /** Of one: {@code call}. */
    public String one() {
        return many.endsWith("s") && !many.endsWith("ss") ? many.substring(0, many.length() - 1) : many;
    }
}
