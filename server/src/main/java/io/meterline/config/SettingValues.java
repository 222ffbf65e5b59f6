package io.meterline.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values that were given, by key, and where each came from.
 *
 * <p>It remembers which keys were asked for, so that {@link #refuseUnknown} can name those that nothing reads.
 */
final class SettingValues {

    private static final String VARIABLE_PREFIX = "METERLINE_";
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})\\s*(B|KB|MB|GB|TB|KIB|MIB|GIB|TIB)?");

    private final Map<String, String> flags;
    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final String fileName;
    private final Map<String, String> origins = new HashMap<>();

    SettingValues(Map<String, String> flags, Map<String, String> environment, Map<String, String> file, String name) {
        this.flags = flags;
        this.environment = environment;
        this.file = file;
        this.fileName = name;
    }

    static String variable(String key) {
        return VARIABLE_PREFIX + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    @Nullable
    String given(String key) {
        String variable = variable(key);
        if (flags.containsKey(key)) {
            return from(key, "--" + key.replace('.', '-').replace('_', '-'), flags.get(key));
        }
        // Compose files and the like pass on what is not set as an empty variable.
        if (!environment.getOrDefault(variable, "").isBlank()) {
            return from(key, variable, environment.get(variable));
        }
        return from(key, file.containsKey(key) ? fileName : "default", file.get(key));
    }

    String text(String key, String otherwise) {
        String given = given(key);
        return given == null ? otherwise : given;
    }

    List<String> list(String key) {
        return Stream.of(text(key, "").split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    int whole(String key, int otherwise) {
        String given = given(key);
        try {
            return given == null ? otherwise : Integer.parseInt(given);
        } catch (NumberFormatException e) {
            throw new SettingsException(key, "must be a whole number, not " + given);
        }
    }

    BigDecimal decimal(String key, BigDecimal otherwise) {
        String given = given(key);
        try {
            return given == null ? otherwise : new BigDecimal(given);
        } catch (NumberFormatException e) {
            throw new SettingsException(key, "must be a number, not " + given);
        }
    }

    Duration duration(String key, Duration otherwise) {
        String given = given(key);
        try {
            return given == null ? otherwise : Duration.parse(given);
        } catch (DateTimeParseException e) {
            throw new SettingsException(key, "must be an ISO 8601 duration as in PT30S or P1D, not " + given);
        }
    }

    Path path(String key, Path otherwise) {
        Path path = optionalPath(key);
        return path == null ? otherwise : path;
    }

    @Nullable
    Path optionalPath(String key) {
        String given = given(key);
        try {
            return given == null ? null : Path.of(given);
        } catch (InvalidPathException e) {
            throw new SettingsException(key, "must be a path, not " + given);
        }
    }

    /** Bytes. KB, MB … count by 1000; KiB, MiB … by 1024. */
    long size(String key, long otherwise) {
        String given = given(key);
        if (given == null) {
            return otherwise;
        }
        Matcher size = SIZE.matcher(given.strip().toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw new SettingsException(key, "must be a size as in 512MiB, 2GB or 1048576, not " + given);
        }
        String unit = size.group(2) == null ? "B" : size.group(2);
        long base = unit.endsWith("IB") ? 1024 : 1000;
        long bytes = Long.parseLong(size.group(1));
        for (int i = "BKMGT".indexOf(unit.charAt(0)); i > 0; i--) {
            bytes = Math.multiplyExact(bytes, base);
        }
        return bytes;
    }

    String origin(String key) {
        return origins.getOrDefault(key, "default");
    }

    /** Throws for the first given key or variable that was never asked for, and lists those that exist. */
    void refuseUnknown(List<String> otherVariables) {
        TreeSet<String> keys = new TreeSet<>(origins.keySet());
        for (String key : new TreeSet<>(file.keySet())) {
            refuseUnless(keys.contains(key), key, "is unknown", fileName, keys);
        }
        for (String key : new TreeSet<>(flags.keySet())) {
            refuseUnless(keys.contains(key), key, "is unknown", "flags", keys);
        }
        TreeSet<String> variables = new TreeSet<>(otherVariables);
        keys.forEach(key -> variables.add(variable(key)));
        for (String name : new TreeSet<>(environment.keySet())) {
            boolean known = !name.startsWith(VARIABLE_PREFIX) || variables.contains(name);
            refuseUnless(known, name, "is unknown", "environment", variables);
        }
    }

    private static void refuseUnless(boolean known, String key, String what, String origin, Set<String> allowed) {
        if (!known) {
            throw new SettingsException(key, "%s; allowed are %s".formatted(what, String.join(", ", allowed)))
                    .from(origin);
        }
    }

    private @Nullable String from(String key, String origin, @Nullable String value) {
        origins.put(key, origin);
        return value;
    }
}
