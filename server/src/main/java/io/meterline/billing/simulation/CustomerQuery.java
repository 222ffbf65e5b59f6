package io.meterline.billing.simulation;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Which customers of a result to list: those who differ most under a candidate first.
 *
 * @param candidate its name; null for the first
 * @param change null for whatever change
 * @param customer one of our ids or an external id; null for all
 * @param ascending who pays most less first, instead of who pays most more
 * @param after the last one that the caller has; null for the beginning
 */
public record CustomerQuery(
        @Nullable String candidate,
        @Nullable Change change,
        @Nullable String customer,
        boolean ascending,
        int take,
        int skip,
        @Nullable Place after) {

    /** What becomes of a customer. */
    public enum Change {
        /** It pays less. */
        WINNER,
        /** It pays more. */
        LOSER,
        UNCHANGED;

        /** That of a difference. */
        public static Change of(BigDecimal difference) {
            return difference.signum() == 0 ? UNCHANGED : difference.signum() > 0 ? LOSER : WINNER;
        }
    }

    /** A place in the list. */
    public record Place(BigDecimal difference, long number) {}
}
