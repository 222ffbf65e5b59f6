package io.meterline.console;

import io.meterline.console.ApiFault.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API said against a form, for the fields that it is about.
 *
 * @param detail the whole of it in a sentence; null when nothing was refused
 */
public record Refused(@Nullable String detail, List<Violation> violations) {

    /** Nothing was refused. */
    public static final Refused NOTHING = new Refused(null, List.of());

    public Refused {
        violations = List.copyOf(violations);
    }

    public static Refused by(ApiFault fault) {
        return new Refused(fault.detail(), fault.errors());
    }

    public static Refused because(String detail) {
        return new Refused(detail, List.of());
    }

    /** What is wrong with the field of this JSON path, such as {@code prices[0].price.tiers[1].up_to}; null for nothing. */
    public @Nullable String at(String path) {
        return violations.stream()
                .filter(violation -> violation.path().equals(path))
                .map(Violation::message)
                .findFirst()
                .orElse(null);
    }

    /** Whether anything was refused. */
    public boolean any() {
        return detail != null;
    }
}
