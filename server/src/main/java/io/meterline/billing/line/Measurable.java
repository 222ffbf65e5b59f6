package io.meterline.billing.line;

import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.store.EventAmounts;
import io.meterline.store.Measure;
import java.util.Objects;

/**
 * Whether a line can be measured. When something is subscribed it can; an edit of the product or the aggregator may bring
 * together later what does not fit.
 */
final class Measurable {

    private Measurable() {}

    static void check(LineTerms terms, Period period) {
        Measure measure = Objects.requireNonNull(terms.usage()).definition().measure();
        if (!period.hasBeginning() && measure instanceof Measure.WeightedSum) {
            throw unfit(terms, "operation_needs_period", "A weighted sum cannot be counted with metering all_time");
        }
        if (!period.hasBeginning() && terms.split().window() != null) {
            throw unfit(terms, "windows_need_period", "A price for each window cannot be used with metering all_time");
        }
        if (terms.price() != null && terms.price().pricesEvents() && !EventAmounts.in(measure)) {
            throw unfit(
                    terms,
                    "aggregator_has_no_event_amounts",
                    "A percentage price needs the amount of each event, which only a sum or a formula has");
        }
    }

    private static RuleException unfit(LineTerms terms, String code, String sentence) {
        return new RuleException(
                Kind.UNPROCESSABLE,
                code,
                sentence + ". Correct the prices or the aggregator of the product " + terms.productId() + ".");
    }
}
