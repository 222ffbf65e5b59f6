package io.meterline.console.event;

import io.meterline.console.Api;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An address of a list, with what it is filtered by as its query. Each method gives a new one.
 *
 * @param path from the root of the server
 * @param query without empty values
 */
public record Address(String path, SequencedMap<String, String> query) {

    // A list that is filtered by something else begins on its first page.
    private static final Set<String> PLACE = Set.of("page", "as_of");

    public Address {
        query = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(query));
    }

    static Address of(String path) {
        return new Address(path, new LinkedHashMap<>());
    }

    /** The same list at another path, as the one with an event opened. */
    public Address at(String other) {
        return new Address(other, query);
    }

    /** With a value in place of the one before; without it for null. */
    public Address with(String name, @Nullable String value) {
        SequencedMap<String, String> changed = new LinkedHashMap<>(query);
        if (value == null || value.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, value);
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

    /** What a form that changes some fields keeps of the others. */
    public List<Map.Entry<String, String>> fieldsBut(String... names) {
        List<Map.Entry<String, String>> kept = new ArrayList<>();
        Set<String> changed = Set.of(names);
        query.forEach((name, value) -> {
            if (!changed.contains(name) && !PLACE.contains(name)) {
                kept.add(Map.entry(name, value));
            }
        });
        return kept;
    }

    public boolean has(String name) {
        return query.containsKey(name);
    }

    /** The text of a field, empty when it is not there. */
    public String get(String name) {
        return query.getOrDefault(name, "");
    }

    public String href() {
        return query.isEmpty()
                ? path
                : query.entrySet().stream()
                        .map(entry -> Api.encode(entry.getKey()) + "=" + Api.encode(entry.getValue()))
                        .collect(Collectors.joining("&", path + "?", ""));
    }
}
