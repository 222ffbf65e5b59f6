package io.meterline.billing.simulation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose usage is priced: a customer, or one of its subscriptions.
 *
 * @param customer the number of the customer that counts, after merges
 * @param subscription null where calendar months are priced
 * @param scenarios what it is priced by: the baseline, then the candidates
 * @param measured what was measured at the end of a period already, by the place of the period and the shape
 */
record Subject(
        long customer,
        @Nullable String subscription,
        Frame frame,
        List<ScenarioLines> scenarios,
        Map<Integer, Map<Shape, Part>> measured) {

    Subject(long customer, @Nullable String subscription, Frame frame, List<ScenarioLines> scenarios) {
        this(customer, subscription, frame, scenarios, Map.of());
    }
}
