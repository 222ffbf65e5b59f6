package io.meterline.console;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path and its query, of a page or of the API. A parameter without a value is left out: an empty one would be refused. */
public record Address(String path, Map<String, String> parameters) {

    public Address {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static Address of(String path) {
        return new Address(path, Map.of());
    }

    /** The same with a parameter, in place of the one of this name; without it when there is no value. */
    public Address with(String name, @Nullable Object value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        String text = value == null ? "" : value.toString();
        if (text.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, text);
        }
        return new Address(path, changed);
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
