package io.meterline.billing.simulation;

import io.meterline.event.Decimals;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the sums of a simulation. Customers stand in it by their number, in the field {@value #CUSTOMER}. */
final class ResultJson {

    static final String CUSTOMER = "customer";

    private static final int PERCENT_DIGITS = 2;

    private final SimulationPlan plan;
    private final Tally tally;

    private ResultJson(SimulationPlan plan, Tally tally) {
        this.plan = plan;
        this.tally = tally;
    }

    static ObjectNode of(SimulationPlan plan, Tally tally) {
        return new ResultJson(plan, tally).json();
    }

    private ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (plan.request().by() == By.CALENDAR_MONTH) {
            List<Period> months = plan.months();
            json.put("from", Timestamps.text(months.getFirst().fromMicros()));
            json.put("to", Timestamps.text(months.getLast().toMicros()));
        } else {
            json.putNull("from").putNull("to");
        }
        json.put("simulated", tally.subjects());
        json.put("periods", tally.periods());
        json.put("approximate", tally.isApproximate());
        ArrayNode skipped = json.putArray("skipped");
        tally.skipped()
                .forEach((why, count) ->
                        skipped.addObject().put("reason", why.text()).put("count", count));
        ArrayNode excluded = json.putArray("excluded");
        tally.excluded()
                .forEach((why, count) -> excluded.addObject().put("reason", why).put("events", count));
        json.putObject("baseline").put("amount", text(tally.total(0))).put("unpriced_events", tally.unpriced(0));
        ArrayNode candidates = json.putArray("candidates");
        for (int i = 0; i < plan.candidates().size(); i++) {
            candidates.add(candidate(i));
        }
        json.set("series", series());
        return json;
    }

    private ObjectNode candidate(int candidate) {
        BigDecimal amount = tally.total(candidate + 1);
        BigDecimal baseline = tally.total(0);
        Difference difference = tally.difference(candidate);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", plan.candidates().get(candidate))
                .put("amount", text(amount))
                .put("unpriced_events", tally.unpriced(candidate + 1))
                .put("difference", text(amount.subtract(baseline)))
                .put("difference_percent", percent(baseline, amount));
        json.set("winners", share(difference.winners()));
        json.set("losers", share(difference.losers()));
        json.put("unchanged", difference.unchanged());
        json.set("largest_increase", extreme(difference.increase()));
        json.set("largest_decrease", extreme(difference.decrease()));
        ArrayNode distribution = json.putArray("distribution");
        for (Difference.Bucket bucket : difference.buckets()) {
            ObjectNode part = distribution
                    .addObject()
                    .put(
                            "from_percent",
                            bucket.from() == null ? null : bucket.from().toPlainString())
                    .put("to_percent", bucket.to() == null ? null : bucket.to().toPlainString());
            part.setAll(share(bucket.share()));
        }
        json.set("from_zero", share(difference.fromZero()));
        return json;
    }

    private static ObjectNode share(Difference.Share share) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("count", share.customers())
                .put("difference", text(share.difference()));
    }

    private static @Nullable ObjectNode extreme(Difference.@Nullable Extreme extreme) {
        if (extreme == null) {
            return null;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put(CUSTOMER, extreme.customer())
                .put("subscription_id", extreme.subscription())
                .put("baseline", text(extreme.baseline()))
                .put("amount", text(extreme.amount()))
                .put("difference", text(extreme.difference()))
                .put("difference_percent", percent(extreme.baseline(), extreme.amount()));
    }

    private ArrayNode series() {
        ArrayNode series = JsonNodeFactory.instance.arrayNode();
        tally.months().forEach((month, sums) -> {
            ObjectNode json = series.addObject()
                    .put("month", month.toString())
                    .put("periods", sums.periods())
                    .put("quantity", Decimals.text(sums.quantity()))
                    .put("baseline", text(sums.amount(0)));
            ArrayNode candidates = json.putArray("candidates");
            for (int i = 0; i < plan.candidates().size(); i++) {
                candidates
                        .addObject()
                        .put("name", plan.candidates().get(i))
                        .put("amount", text(sums.amount(i + 1)))
                        .put("difference", text(sums.amount(i + 1).subtract(sums.amount(0))));
            }
        });
        return series;
    }

    private static String text(BigDecimal amount) {
        return amount.toPlainString();
    }

    /** What an amount is more than a baseline in percent of it, to two digits; null for a baseline of nothing. */
    static @Nullable String percent(BigDecimal baseline, BigDecimal amount) {
        return baseline.signum() == 0
                ? null
                : amount.subtract(baseline)
                        .movePointRight(2)
                        .divide(baseline.abs(), PERCENT_DIGITS, RoundingMode.HALF_UP)
                        .toPlainString();
    }
}
