package io.meterline.http;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a JSON document, where, and what is expected there, without repeating its content. */
public final class JsonFault {

    private static final Pattern DUPLICATE = Pattern.compile("^Duplicate .*?property \"(.*)\"", Pattern.DOTALL);
    private static final Pattern INTERNALS = Pattern.compile(",? *\\(?from `[^`]*`\\)?");

    private JsonFault() {}

    /** The caller's error behind an exception of the JSON library. */
    public static RuleException of(JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RuleException rule) {
                return rule;
            }
        }
        return switch (e) {
            case UnrecognizedPropertyException unknown -> unknownField(unknown);
            case MismatchedInputException mismatch when isSyntax(mismatch) -> syntax(mismatch);
            case MismatchedInputException mismatch -> wrongKind(mismatch);
            case StreamConstraintsException limit -> limit(limit);
            case StreamReadException syntax -> syntax(syntax);
            default -> wrongValue(path(e.getPath()), "is not valid here");
        };
    }

    private static RuleException unknownField(UnrecognizedPropertyException e) {
        String known = e.getKnownPropertyIds() == null
                ? ""
                : " Known here: "
                        + e.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ".";
        String path = path(e.getPath());
        String message = "Unknown field '" + path + "'." + known;
        return new RuleException(
                Kind.INVALID, "unknown_field", message, List.of(new Violation(path, "unknown_field", message)));
    }

    private static boolean isSyntax(MismatchedInputException e) {
        String message = e.getOriginalMessage();
        return message.startsWith("Trailing token") || message.startsWith("No content");
    }

    private static RuleException syntax(JacksonException e) {
        String message = e.getOriginalMessage();
        Matcher duplicate = DUPLICATE.matcher(message);
        if (duplicate.find()) {
            String name = duplicate.group(1);
            return new RuleException(
                    Kind.INVALID,
                    "duplicate_key",
                    "The key '" + name + "' appears twice in one object" + at(e) + "; send it once.",
                    List.of(new Violation(name, "duplicate_key", "appears twice in one object")));
        }
        if (message.startsWith("Trailing token")) {
            return invalidJson("There is more text after the end of the JSON document" + at(e) + ".");
        }
        if (message.startsWith("No content")) {
            return invalidJson("The body is empty; send a JSON document.");
        }
        return invalidJson("The body is not valid JSON" + at(e) + ".");
    }

    private static RuleException limit(StreamConstraintsException e) {
        String limit = INTERNALS.matcher(e.getOriginalMessage()).replaceAll("").strip();
        return invalidJson("The JSON is beyond a limit" + at(e) + ": " + limit + ".");
    }

    private static RuleException invalidJson(String message) {
        return new RuleException(Kind.INVALID, "invalid_json", message);
    }

    private static RuleException wrongKind(MismatchedInputException e) {
        String message = e.getOriginalMessage();
        String path = path(e.getPath());
        if (message.startsWith("Cannot map `null`") || message.startsWith("Cannot coerce `null`")) {
            return required(path);
        }
        return wrongValue(path, "must be " + expected(e.getTargetType()));
    }

    private static RuleException required(String path) {
        String message = "'" + path + "' is required.";
        return new RuleException(Kind.INVALID, "required", message, List.of(new Violation(path, "required", message)));
    }

    private static RuleException wrongValue(String path, String problem) {
        String message = (path.isEmpty() ? "The body " : "'" + path + "' ") + problem + ".";
        return new RuleException(
                Kind.INVALID, "invalid_value", message, List.of(new Violation(path, "invalid_value", message)));
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == BigDecimal.class) {
            return "a decimal number such as 12.5 or \"12.50\"";
        }
        if (type == Instant.class) {
            return "an ISO 8601 time with an offset or Z, such as 2026-01-05T21:56:52Z";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
            return "a whole number";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "an array";
        }
        if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return "an object";
        }
        return "another kind of value";
    }

    private static String at(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        if (location == null || location.getLineNr() < 1) {
            return "";
        }
        return " at line " + location.getLineNr() + ", column " + Math.max(1, location.getColumnNr());
    }

    private static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : references) {
            if (reference.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            } else if (reference.getIndex() >= 0) {
                path.append('[').append(reference.getIndex()).append(']');
            }
        }
        return path.toString();
    }
}
