package io.meterline.console.simulation;

import io.meterline.console.Api;
import io.meterline.console.Formats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What customers would pay, as rows of a table. */
public final class Rows {

    private Rows() {}

    /**
     * A customer, or one of its subscriptions.
     *
     * @param difference of the candidate that the table is about
     */
    public record Row(
            String customerId,
            String name,
            @Nullable String subscriptionId,
            String quantity,
            String baseline,
            List<String> amounts,
            String difference,
            String percent,
            String tone) {}

    static List<Row> of(Api api, List<Simulation.Customer> customers, String currency, int shown) {
        CustomerNames names = new CustomerNames(api);
        return customers.stream()
                .map(one -> {
                    Simulation.Amount about = one.candidates().get(shown);
                    return new Row(
                            one.customerId(),
                            names.of(one.customerId(), one.externalCustomerId()),
                            one.subscriptionId(),
                            Formats.number(one.quantity()),
                            Formats.money(one.baseline(), currency),
                            one.candidates().stream()
                                    .map(amount -> Formats.money(amount.amount(), currency))
                                    .toList(),
                            Shown.difference(about.difference(), currency),
                            about.differencePercent() == null ? "new" : Shown.percent(about.differencePercent()),
                            Shown.tone(about.difference()));
                })
                .toList();
    }
}
