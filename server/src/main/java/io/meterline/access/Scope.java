package io.meterline.access;

import io.meterline.event.RuleException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a key may do. {@link #ADMIN} includes the others; those include nothing but themselves. */
public enum Scope {
    /** Push events. */
    INGEST,
    /** Read everything of the environment. */
    READ,
    /** Create and change customers, aggregators, loaders and the like. */
    WRITE,
    /** Everything; alone it may do keys, settings, erasing and deleting. */
    ADMIN;

    /** Every scope. */
    public static final Set<Scope> ALL = Set.of(values());

    /** The name in the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope with this {@link #text()}. Throws {@code RuleException} {@code invalid_scope} for any other text. */
    public static Scope of(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new RuleException(
                        RuleException.Kind.INVALID,
                        "invalid_scope",
                        "scopes must be of ingest, read, write and admin, not %s.".formatted(text)));
    }

    static String join(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(","));
    }

    static Set<Scope> split(String joined) {
        return Arrays.stream(joined.split(","))
                .map(Scope::of)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
    }
}
