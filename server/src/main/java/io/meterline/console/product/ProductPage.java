package io.meterline.console.product;

import io.meterline.console.ApiFault.Violation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of a product, or of one that is to be made.
 *
 * @param saved null for a new one
 * @param seen how it stood when the form was opened
 * @param counts what it counts, in words
 */
public record ProductPage(
        ProductEditor editor,
        @Nullable Product saved,
        String seen,
        @Nullable String aggregator,
        @Nullable String counts,
        String filter,
        List<Version> versions,
        long subscriptions,
        String curl,
        boolean simulates) {

    /** A version, and how it differs from the one before. */
    public record Version(int number, Instant since, List<Changes.Change> changes, boolean current) {}

    /** What is wrong that has no field of its own. */
    public List<Violation> loose() {
        return editor.refused().violations().stream()
                .filter(violation -> !violation.path().contains("."))
                .filter(violation -> !List.of("name", "type", "aggregator_id").contains(violation.path()))
                .toList();
    }
}
