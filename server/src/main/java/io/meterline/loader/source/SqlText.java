package io.meterline.loader.source;

import io.meterline.event.RuleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One SQL statement as a person wrote it, known to be a single one.
 *
 * <p>It is looked at as PostgreSQL reads it: strings, escape strings, quoted identifiers, dollar quotes, line comments
 * and nested block comments are told apart from code. Positions stay as in the original text.
 *
 * @param statement the text without closing semicolons (each replaced by a space)
 * @param skeleton the same length, with everything that is no code replaced by spaces
 * @param placeholders in the order of the text
 */
public record SqlText(String statement, String skeleton, List<Occurrence> placeholders) {

    private static final int MAX_LENGTH = 100_000;
    private static final Pattern FIRST_WORD = Pattern.compile("[\\s(]*([A-Za-z]+)");

    // Neither a cast (a::now) nor the upper bound of an array slice (a[1:now]).
    private static final Pattern PLACEHOLDER = Pattern.compile(
            "(?<![:\\w$\\[\\])\\x{80}-\\x{10ffff}]):(cursor|last_run|now)(?![\\w$\\x{80}-\\x{10ffff}])");

    /**
     * A place where a placeholder stands.
     *
     * @param from its colon
     * @param to the character after it
     */
    public record Occurrence(Placeholder placeholder, int from, int to) {}

    public SqlText {
        placeholders = List.copyOf(placeholders);
    }

    /**
     * Throws {@link RuleException}: {@code empty_query}, {@code query_too_long}, {@code multiple_statements}, {@code
     * unterminated_query} (a string, comment or bracket left open, or a bracket that closes nothing).
     */
    public static SqlText parse(String query) {
        return parse(query, SqlRules.STANDARD);
    }

    /** A query for a source that is not known yet: by the rules that it fits. Throws as {@link #parse(String)} does. */
    public static SqlText parseForAny(String query) {
        try {
            return parse(query);
        } catch (RuleException e) {
            for (SqlRules rules : List.of(SqlRules.BACKSLASH, SqlRules.BRACKETS)) {
                try {
                    return parse(query, rules);
                } catch (RuleException neither) {
                    e.addSuppressed(neither);
                }
            }
            throw e;
        }
    }

    // What is a string by one of the rules may be code by the other. Where it cannot be read by one, a source of that
    // kind
    // refuses it itself.
    private static SqlText parseForEither(String query) {
        SqlText text = parseForAny(query);
        for (SqlRules rules : List.of(SqlRules.STANDARD, SqlRules.BACKSLASH)) {
            try {
                requireOne(SqlSkeleton.of(query, rules));
            } catch (RuleException e) {
                if (e.code().equals("multiple_statements")) {
                    throw e;
                }
            }
        }
        return text;
    }

    /** Throws as {@link #parse(String)} does. */
    public static SqlText parse(String query, SqlRules rules) {
        if (rules == SqlRules.EITHER) {
            return parseForEither(query);
        }
        if (query.length() > MAX_LENGTH) {
            throw refused("query_too_long", "A query may have at most 100000 characters.");
        }
        if (query.indexOf('\0') >= 0) {
            throw refused("unterminated_query", "The query has a NUL character in it. Remove it.");
        }
        String skeleton = SqlSkeleton.of(query, rules);
        requireOne(skeleton);
        int semicolon = skeleton.indexOf(';');
        if (skeleton.replace(';', ' ').isBlank()) {
            throw refused("empty_query", "The query is empty. Write a SELECT that returns id, customerId, timestamp.");
        }
        requireBalanced(skeleton);
        List<Occurrence> placeholders = placeholders(skeleton);
        return semicolon < 0
                ? new SqlText(query, skeleton, placeholders)
                : new SqlText(withoutSemicolons(query, skeleton), skeleton.replace(';', ' '), placeholders);
    }

    public boolean uses(Placeholder placeholder) {
        return placeholders.stream().anyMatch(each -> each.placeholder() == placeholder);
    }

    /** The word that it begins with, after brackets and comments, in lower case; empty when it begins otherwise. */
    String firstWord() {
        Matcher matcher = FIRST_WORD.matcher(skeleton);
        return matcher.lookingAt() ? matcher.group(1).toLowerCase(Locale.ROOT) : "";
    }

    /** The statement with a text in the place of each placeholder: {@code ?}, or an expression in brackets. */
    public FilledQuery fill(Function<Placeholder, String> replacement) {
        return FilledQuery.of(this, replacement);
    }

    private static List<Occurrence> placeholders(String skeleton) {
        List<Occurrence> found = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(skeleton);
        while (matcher.find()) {
            Placeholder placeholder = switch (matcher.group(1)) {
                case "cursor" -> Placeholder.CURSOR;
                case "last_run" -> Placeholder.LAST_RUN;
                default -> Placeholder.NOW;
            };
            found.add(new Occurrence(placeholder, matcher.start(), matcher.end()));
        }
        return found;
    }

    private static void requireOne(String skeleton) {
        int semicolon = skeleton.indexOf(';');
        if (semicolon >= 0 && !skeleton.substring(semicolon).replace(';', ' ').isBlank()) {
            throw refused(
                    "multiple_statements",
                    "The query must be one statement. Remove what comes after the first semicolon.");
        }
    }

    // A bracket too many would end our own bracket around the query and turn the rest into code of ours.
    private static void requireBalanced(String skeleton) {
        int depth = 0;
        for (int i = 0; i < skeleton.length() && depth >= 0; i++) {
            char c = skeleton.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        if (depth != 0) {
            throw refused("unterminated_query", "The query's brackets do not match. Close each ( with one ).");
        }
    }

    private static String withoutSemicolons(String query, String skeleton) {
        StringBuilder text = new StringBuilder(query);
        for (int i = 0; i < skeleton.length(); i++) {
            if (skeleton.charAt(i) == ';') {
                text.setCharAt(i, ' ');
            }
        }
        return text.toString();
    }

    static RuleException refused(String code, String message) {
        return new RuleException(RuleException.Kind.INVALID, code, message);
    }
}
