package io.meterline.billing.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A simulation that was answered at once and is not kept.
 *
 * @param simulation with an empty id
 * @param result the sums; null for quantities
 * @param customers the customer with every period, or each of its subscriptions; empty for quantities
 */
public record DryRun(
        Simulation simulation,
        @Nullable ObjectNode result,
        List<CustomerAmounts> customers,
        List<QuantityAmounts> quantities) {

    public DryRun {
        customers = List.copyOf(customers);
        quantities = List.copyOf(quantities);
    }
}
