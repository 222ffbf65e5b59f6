package io.meterline.meter;

/** The form of property names: 1..128 characters. */
final class PropertyNames {

    static final int MAX_LENGTH = 128;
    static final String RULE = "a property name has 1 to " + MAX_LENGTH + " characters";

    private PropertyNames() {}

    static boolean isOne(String name) {
        return !name.isEmpty() && name.codePointCount(0, name.length()) <= MAX_LENGTH;
    }
}
