package io.meterline.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path and its query, of a page or of the API; each method gives a new one. A parameter without a value is left out: an
 * empty one would be refused.
 */
public record Address(String path, SequencedMap<String, String> parameters) {

    // A list that is filtered by something else begins on its first page.
    private static final Set<String> PLACE = Set.of("page", "as_of", "skip");

    public Address {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    }

    public static Address of(String path) {
        return new Address(path, new LinkedHashMap<>());
    }

    /** The same query at another path, as that of a list with one thing opened beside it. */
    public Address at(String other) {
        return new Address(other, parameters);
    }

    /** With a parameter, in place of the one of this name; without it when there is no value. */
    public Address with(String name, @Nullable Object value) {
        SequencedMap<String, String> changed = new LinkedHashMap<>(parameters);
        String text = value == null ? "" : value.toString();
        if (text.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, text);
        }
        return new Address(path, changed);
    }

    public Address without(String... names) {
        Address changed = this;
        for (String name : names) {
            changed = changed.with(name, null);
        }
        return changed;
    }

    /** The first page of the list with another filter. */
    public Address filteredBy(String name, @Nullable String value) {
        return with(name, value).without(PLACE.toArray(String[]::new));
    }

    /** What a form that changes some parameters keeps of the others. */
    public List<Map.Entry<String, String>> fieldsBut(String... names) {
        List<Map.Entry<String, String>> kept = new ArrayList<>();
        Set<String> changed = Set.of(names);
        parameters.forEach((name, value) -> {
            if (!changed.contains(name) && !PLACE.contains(name)) {
                kept.add(Map.entry(name, value));
            }
        });
        return kept;
    }

    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** The value of a parameter, empty when it is not there. */
    public String get(String name) {
        return parameters.getOrDefault(name, "");
    }

    public String text() {
        StringBuilder text = new StringBuilder(path);
        char mark = path.indexOf('?') < 0 ? '?' : '&';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            text.append(mark)
                    .append(Api.encode(parameter.getKey()))
                    .append('=')
                    .append(Api.encode(parameter.getValue()));
            mark = '&';
        }
        return text.toString();
    }
}
