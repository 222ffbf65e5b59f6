package io.meterline.http;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of a form, as a browser sends them. An empty text and no text are the same. */
public final class Fields {

    /** Most bytes of a form. */
    public static final int MAX_BYTES = 1 << 20;

    static final String MEDIA_TYPE = "application/x-www-form-urlencoded";
    private static final int MAX_FIELDS = 2_000;

    private final Map<String, List<String>> values;

    private Fields(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Fields by name, for tests and for forms that start empty. */
    public static Fields of(Map<String, String> values) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        values.forEach((name, value) -> all.put(name, List.of(value)));
        return new Fields(all);
    }

    static Fields of(byte[] encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        String text = new String(encoded, StandardCharsets.US_ASCII);
        int count = 0;
        for (String pair : text.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > MAX_FIELDS) {
                throw new RuleException(Kind.TOO_LARGE, "form_too_large", "A form has at most 2,000 fields.");
            }
            int mark = pair.indexOf('=');
            String name = decode(mark < 0 ? pair : pair.substring(0, mark));
            String value = mark < 0 ? "" : decode(pair.substring(mark + 1));
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return new Fields(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RuleException(Kind.INVALID, "invalid_form", "The form is not properly encoded.");
        }
    }

    /** The trimmed text of a field; empty when it is blank or missing. */
    public Optional<String> text(String name) {
        return Optional.of(raw(name).strip()).filter(text -> !text.isEmpty());
    }

    /** The trimmed text of a field, empty when missing. */
    public String get(String name) {
        return raw(name).strip();
    }

    /** The text as it was typed, such as SQL or a password. */
    public String raw(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        return all.isEmpty() ? "" : all.getFirst();
    }

    /** Every value of a field that comes several times, as of rows of a table; blank ones included. */
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /** Whether a box is ticked. */
    public boolean isOn(String name) {
        return values.containsKey(name);
    }

    public Set<String> names() {
        return Set.copyOf(values.keySet());
    }
}
