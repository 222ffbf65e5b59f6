package io.meterline.api;

import io.meterline.billing.simulation.CustomerAmounts;
import io.meterline.billing.simulation.CustomerAmounts.PeriodAmounts;
import io.meterline.billing.simulation.CustomerQuery.Change;
import io.meterline.billing.simulation.DryRun;
import io.meterline.billing.simulation.QuantityAmounts;
import io.meterline.billing.simulation.Simulation;
import io.meterline.billing.simulation.SimulationText;
import io.meterline.event.Decimals;
import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows simulations and what is in them. */
final class SimulationView {

    private SimulationView() {}

    /** With its result. */
    static ObjectNode of(Simulation one) {
        ObjectNode view = inList(one);
        view.set("result", one.result());
        return view;
    }

    /** Without it. */
    static ObjectNode inList(Simulation one) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("id", one.id())
                .put("status", one.status().text());
        view.putObject("progress").put("percent", one.percent()).put("customers", one.customersDone());
        view.setAll(SimulationText.write(one.request()));
        view.put("product_version", one.productVersion())
                .put("created_at", Timestamps.text(one.createdAtMicros()))
                .put("started_at", text(one.startedAtMicros()))
                .put("finished_at", text(one.finishedAtMicros()));
        Simulation.Failure error = one.error();
        if (error == null) {
            view.putNull("error");
        } else {
            view.putObject("error").put("code", error.code()).put("message", error.message());
        }
        return view;
    }

    private static @Nullable String text(@Nullable Long micros) {
        return micros == null ? null : Timestamps.text(micros);
    }

    /** One that was answered at once. */
    static DryRunView of(DryRun run) {
        List<String> names = run.simulation().request().candidates().stream()
                .map(candidate -> candidate.name())
                .toList();
        return new DryRunView(
                true,
                run.simulation().request().productId(),
                run.simulation().productVersion(),
                run.simulation().currency().getCurrencyCode(),
                run.result(),
                run.customers().stream()
                        .map(customer -> Customer.of(customer, names))
                        .toList(),
                run.quantities().stream()
                        .map(quantity -> Quantity.of(quantity, names))
                        .toList());
    }

    /**
     * A dry run.
     *
     * @param result null for quantities
     */
    record DryRunView(
            boolean dryRun,
            String productId,
            int productVersion,
            String currency,
            @Nullable ObjectNode result,
            List<Customer> customers,
            List<Quantity> quantities) {}

    /** What a candidate costs. */
    record Candidate(
            String name,
            BigDecimal amount,
            BigDecimal difference,
            @Nullable BigDecimal differencePercent,
            Change change) {

        static List<Candidate> of(List<BigDecimal> amounts, List<String> names) {
            BigDecimal baseline = amounts.getFirst();
            List<Candidate> candidates = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                BigDecimal amount = amounts.get(i + 1);
                BigDecimal difference = amount.subtract(baseline);
                candidates.add(new Candidate(
                        names.get(i), amount, difference, percent(difference, baseline), Change.of(difference)));
            }
            return candidates;
        }

        private static @Nullable BigDecimal percent(BigDecimal difference, BigDecimal baseline) {
            return baseline.signum() == 0
                    ? null
                    : difference.movePointRight(2).divide(baseline.abs(), 2, RoundingMode.HALF_UP);
        }
    }

    /**
     * A customer, or one of its subscriptions.
     *
     * @param periods null where only the sums were asked for
     */
    record Customer(
            String customerId,
            @Nullable String externalCustomerId,
            @Nullable String subscriptionId,
            int periodCount,
            BigDecimal quantity,
            BigDecimal baseline,
            List<Candidate> candidates,
            @Nullable List<Span> periods) {

        static Customer of(CustomerAmounts customer, List<String> names) {
            return new Customer(
                    customer.customerId(),
                    customer.externalCustomerId(),
                    customer.subscriptionId(),
                    customer.periodCount(),
                    Decimals.canonical(customer.quantity()),
                    customer.amounts().getFirst(),
                    Candidate.of(customer.amounts(), names),
                    customer.periods().isEmpty()
                            ? null
                            : customer.periods().stream()
                                    .map(period -> Span.of(period, names))
                                    .toList());
        }
    }

    /** A period of a customer. */
    record Span(
            Instant from,
            Instant to,
            BigDecimal quantity,
            long events,
            BigDecimal baseline,
            List<Candidate> candidates) {

        static Span of(PeriodAmounts period, List<String> names) {
            return new Span(
                    Timestamps.instant(period.period().fromMicros()),
                    Timestamps.instant(period.period().toMicros()),
                    Decimals.canonical(period.quantity()),
                    period.events(),
                    period.amounts().getFirst(),
                    Candidate.of(period.amounts(), names));
        }
    }

    /** A hypothetical quantity. */
    record Quantity(BigDecimal quantity, BigDecimal baseline, List<Candidate> candidates) {

        static Quantity of(QuantityAmounts quantity, List<String> names) {
            return new Quantity(
                    Decimals.canonical(quantity.quantity()),
                    quantity.amounts().getFirst(),
                    Candidate.of(quantity.amounts(), names));
        }
    }
}
