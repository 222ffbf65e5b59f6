package io.meterline.ingest;

import io.meterline.customer.CreatePolicy;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerReference;
import io.meterline.customer.Resolution;
import io.meterline.event.Environment;
import java.util.Map;
import java.util.Set;

/** Finds the customers that events name, or makes them. */
@FunctionalInterface
public interface CustomerResolver {

    /**
     * What each id leads to; there is an answer for every one. New customers are durable when this returns.
     *
     * @param ids as sent: ours or the company's own
     */
    Map<String, Resolution> resolve(Environment environment, Set<String> ids, CreatePolicy policy);

    /** The customers of the directory. */
    static CustomerResolver of(CustomerDirectory directory) {
        return (environment, ids, policy) -> directory.resolve(
                environment, ids.stream().map(CustomerReference::of).toList(), policy);
    }
}
