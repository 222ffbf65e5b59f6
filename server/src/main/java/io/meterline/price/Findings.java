package io.meterline.price;

import io.meterline.event.Decimals;
import io.meterline.event.RuleException.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is found wrong with a draft: faults, and slips whose meaning can be guessed for a preview. */
final class Findings {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final String path;
    private final List<Violation> faults = new ArrayList<>();
    private final List<Violation> slips = new ArrayList<>();

    /** Of a price that stands at this path in a request, or at its top where the path is empty. */
    Findings(String path) {
        this.path = path;
    }

    void fault(String at, String code, String message) {
        faults.add(new Violation(path(at), code, message));
    }

    void slip(String at, String code, String message) {
        slips.add(new Violation(path(at), code, message));
    }

    /** Notes a number that the field cannot hold. */
    void check(String at, Field.Kind kind, @Nullable BigDecimal number) {
        if (number == null) {
            return;
        }
        if (!Decimals.fits(number)) {
            digits(at, number);
        }
        switch (kind) {
            case AMOUNT, COUNT, PERCENT -> {
                if (number.signum() < 0) {
                    fault(at, "negative", "this cannot be negative; a credit is a negative quantity");
                } else if (kind == Field.Kind.COUNT
                        && Decimals.canonical(number).scale() > 0) {
                    fault(at, "not_whole", "this is a whole number");
                } else if (kind == Field.Kind.PERCENT && number.compareTo(HUNDRED) > 0) {
                    fault(at, "percentage_too_large", "a percentage is 0 to 100");
                }
            }
            case SIZE -> {
                if (number.signum() <= 0) {
                    fault(at, "not_positive", "this must be above zero");
                }
            }
            case WORD, TIERS, SPLIT -> throw new IllegalArgumentException(kind + " is no number");
        }
    }

    private void digits(String at, BigDecimal number) {
        if ((long) number.precision() - number.scale() > Decimals.MAX_INTEGER_DIGITS) {
            fault(at, "number_too_large", "a number has at most 20 digits before the point");
        } else {
            fault(at, "number_too_precise", "a number has at most 18 digits after the point");
        }
    }

    List<Violation> faults() {
        return List.copyOf(faults);
    }

    List<Violation> slips() {
        return List.copyOf(slips);
    }

    private String path(String at) {
        return path.isEmpty() ? at : at.isEmpty() ? path : path + "." + at;
    }
}
