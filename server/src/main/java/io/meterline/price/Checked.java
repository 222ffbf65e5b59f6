package io.meterline.price;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a draft.
 *
 * @param price null when there are faults
 * @param faults that leave the meaning open
 * @param slips whose meaning was guessed for {@code price}: a tier that nothing can reach is left out, and the last tier is
 *     taken to be open
 */
public record Checked(@Nullable Price price, List<Violation> faults, List<Violation> slips) {

    public Checked {
        faults = List.copyOf(faults);
        slips = List.copyOf(slips);
    }

    /** The price to be kept. Throws a {@code RuleException} that names every fault and every slip. */
    public Price strict() {
        return priceUnless(Stream.concat(faults.stream(), slips.stream()).toList());
    }

    /** The price to be looked at, with the guesses made. Throws a {@code RuleException} that names every fault. */
    public Price lenient() {
        return priceUnless(faults);
    }

    private Price priceUnless(List<Violation> wrong) {
        if (price == null || !wrong.isEmpty()) {
            Violation first = wrong.getFirst();
            String message = first.path() + ": " + first.message() + ".";
            throw new RuleException(Kind.INVALID, first.code(), message, wrong);
        }
        return price;
    }
}
