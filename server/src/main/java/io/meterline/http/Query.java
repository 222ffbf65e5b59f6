package io.meterline.http;

import io.helidon.common.uri.UriQuery;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The query parameters of a request, typed.
 *
 * <p>A value that cannot be read is a 400 {@code invalid_parameter} that names the parameter and what it takes. A
 * parameter without a value ({@code ?a=} or {@code ?a}) is an error rather than absent, and so is one that comes twice:
 * a filter that silently does nothing answers the wrong question.
 */
public final class Query {

    /** No parameters. */
    static final Query NONE = new Query(Map.of());

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /** The parameters of a request; ones that the route does not know are refused by name. */
    static Query of(UriQuery sent, Set<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        List<Violation> violations = new ArrayList<>();
        for (String name : sent.names()) {
            List<String> all = sent.all(name, List::of);
            if (!isKnown(name, known)) {
                violations.add(new Violation(name, "unknown_parameter", "is not known here"));
            } else if (all.size() != 1) {
                throw invalid(name, "must be given once");
            } else if (all.getFirst().isEmpty()) {
                throw invalid(name, "has no value; leave it out or give it one");
            } else {
                values.put(name, all.getFirst());
            }
        }
        if (!violations.isEmpty()) {
            String unknown = violations.stream().map(Violation::path).collect(Collectors.joining("', '", "'", "'"));
            String taken = known.isEmpty() ? "This route takes none." : "Known here: " + String.join(", ", known) + ".";
            throw new RuleException(
                    Kind.INVALID, "unknown_parameter", "Unknown query parameter " + unknown + ". " + taken, violations);
        }
        return new Query(values);
    }

    // "record.*" stands for every name that begins with "record."
    private static boolean isKnown(String name, Set<String> known) {
        if (known.contains(name)) {
            return true;
        }
        int dot = name.indexOf('.');
        return dot > 0 && dot < name.length() - 1 && known.contains(name.substring(0, dot + 1) + "*");
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The text of a parameter that must be there, else 400 {@code missing_parameter}. */
    public String required(String name) {
        return text(name).orElseThrow(() -> {
            String message = "The query parameter '" + name + "' is required.";
            return new RuleException(
                    Kind.INVALID,
                    "missing_parameter",
                    message,
                    List.of(new Violation(name, "missing_parameter", message)));
        });
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean otherwise) {
        return switch (values.getOrDefault(name, Boolean.toString(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "must be true or false");
        };
    }

    /** A whole number within bounds, both included. */
    public int integer(String name, int otherwise, int least, int most) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid(name, "must be a whole number from " + least + " to " + most);
        }
        throw invalid(name, "must be a whole number from " + least + " to " + most);
    }

    /** ISO 8601 with an offset or {@code Z}. */
    public Optional<Instant> instant(String name) {
        return text(name)
                .map(text -> Times.parse(text)
                        .orElseThrow(() -> invalid(
                                name,
                                "must be an ISO 8601 time with an offset or Z, such as 2026-01-05T21:56:52Z"
                                        + (text.indexOf(' ') >= 0 ? " (write the + of an offset as %2B)" : ""))));
    }

    /** A name of the time zone database, such as {@code Europe/Paris}. */
    public Optional<ZoneId> zone(String name) {
        return text(name).map(text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw invalid(name, "must be a time zone such as Europe/Paris");
            }
        });
    }

    /** One of an enum's values in lower case. */
    public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        return text(name).map(text -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return constant;
                }
            }
            throw invalid(
                    name,
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ", "must be one of ", "")));
        });
    }

    /** The parts of a comma-separated list, without repetitions; empty when the parameter is absent. */
    public List<String> list(String name, int most) {
        String text = values.get(name);
        if (text == null) {
            return List.of();
        }
        Set<String> parts = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                throw invalid(name, "has an empty part; separate values by single commas");
            }
            parts.add(part.strip());
        }
        if (parts.size() > most) {
            throw invalid(name, "takes at most " + most + " values");
        }
        return List.copyOf(parts);
    }

    /** Every parameter whose name begins with a prefix such as {@code record.}, by the rest of the name. */
    public Map<String, String> startingWith(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** The error for a parameter whose value breaks a rule of the handler. */
    public static RuleException invalid(String name, String problem) {
        String message = "The query parameter '" + name + "' " + problem + ".";
        return new RuleException(
                Kind.INVALID, "invalid_parameter", message, List.of(new Violation(name, "invalid_parameter", message)));
    }
}
