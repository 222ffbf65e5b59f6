package io.meterline.meter;

import io.meterline.event.Decimals;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads fields of JSON objects and notes what is wrong with them. An explicit null is a field left out. */
public final class JsonFields {

    private JsonFields() {}

    /** Notes every field that is not known. */
    public static void refuseUnknown(JsonNode object, String path, Set<String> known, Problems problems) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                problems.add(
                        join(path, name),
                        "unknown_field",
                        "there is no such field here; the fields are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    /** The text in a field; null when there is none, or when it is no text, which is then noted. */
    public static @Nullable String text(JsonNode object, String path, String name, Problems problems) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            problems.add(join(path, name), "wrong_type", "this must be text");
            return null;
        }
        return value.stringValue();
    }

    /**
     * A number within the stored digits, from its JSON text. The exponent is bounded before the number is expanded.
     *
     * @return null when it has too many digits, which is then noted
     */
    public static @Nullable BigDecimal number(JsonNode value, String path, Problems problems) {
        BigDecimal number = value.decimalValue();
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if ((long) number.precision() - number.scale() > Decimals.MAX_INTEGER_DIGITS) {
            problems.add(
                    path,
                    "number_too_large",
                    "a number has at most " + Decimals.MAX_INTEGER_DIGITS + " digits before the point");
            return null;
        }
        if (number.stripTrailingZeros().scale() > Decimals.MAX_FRACTION_DIGITS) {
            problems.add(
                    path,
                    "number_too_precise",
                    "a number has at most " + Decimals.MAX_FRACTION_DIGITS + " digits after the point");
            return null;
        }
        return Decimals.canonical(number);
    }

    /** The path of a field of an object that stands at a path, which is empty at the top. */
    public static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
