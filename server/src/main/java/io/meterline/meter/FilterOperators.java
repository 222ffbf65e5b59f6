package io.meterline.meter;

import io.meterline.store.Filter.Operator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The spellings of filter operators.
 *
 * <p>The canonical one is snake_case ({@code is_null}). camelCase ({@code isNull}) and words with spaces
 * ({@code is null}) are read too, and so are the longer names that people use for comparisons ({@code greaterThan},
 * {@code lower than or equal}).
 */
final class FilterOperators {

    private static final Map<String, Operator> BY_SPELLING = spellings();

    private FilterOperators() {}

    static String text(Operator operator) {
        return operator.name().toLowerCase(Locale.ROOT);
    }

    static Optional<Operator> of(String text) {
        if (text.length() > 40) {
            return Optional.empty();
        }
        String snake =
                text.replaceAll("([a-z])([A-Z])", "$1_$2").replace(' ', '_').toLowerCase(Locale.ROOT);
        return Optional.ofNullable(BY_SPELLING.get(snake));
    }

    /** All canonical spellings, for error messages. */
    static String all() {
        return Arrays.stream(Operator.values()).map(FilterOperators::text).collect(Collectors.joining(", "));
    }

    private static Map<String, Operator> spellings() {
        Map<String, Operator> spellings = new HashMap<>();
        for (Operator operator : Operator.values()) {
            spellings.put(text(operator), operator);
        }
        spellings.put("equal", Operator.EQUALS);
        spellings.put("not_equals", Operator.NOT_EQUAL);
        for (String orEqual : new String[] {"_or_equal", "_or_equals", "_or_equal_to"}) {
            spellings.put("greater_than" + orEqual, Operator.GTE);
            spellings.put("less_than" + orEqual, Operator.LTE);
            spellings.put("lower_than" + orEqual, Operator.LTE);
        }
        spellings.put("greater_than", Operator.GT);
        spellings.put("less_than", Operator.LT);
        spellings.put("lower_than", Operator.LT);
        return Map.copyOf(spellings);
    }
}
