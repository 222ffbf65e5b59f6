package io.meterline.meter;

import io.meterline.event.Environment;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What figures need to know of customers. */
public interface CustomerLookup {

    /**
     * The numbers under which a customer's events are stored: its own and those of all customers merged into it.
     *
     * <p>Throws {@code RuleException} {@code unknown_customer}.
     *
     * @param idOrExternalId of the customer, or of one that was merged into it
     */
    Set<Long> expand(Environment environment, String idOrExternalId);

    /** The number of every merged customer to that of the one it now belongs to. */
    Map<Long, Long> mergedInto(Environment environment);

    /** The ids of customers by number; numbers that are not known are left out. */
    Map<Long, Ids> ids(Environment environment, Collection<Long> numbers);

    /** How a customer is named in answers. */
    record Ids(String id, @Nullable String externalId) {}
}
