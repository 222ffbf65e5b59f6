package io.meterline.customer;

import io.meterline.event.Period;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which customers to list. Merged ones are never listed: they are no customers of their own any more.
 *
 * @param statuses empty for all but automatically created ones
 * @param externalIds current external ids, empty for all
 * @param currency null for all
 * @param search text that the name or the external id contains, in any case, or that the id begins with; null
 *     for all
 * @param created when they were made
 */
public record CustomerFilter(
        Set<CustomerStatus> statuses,
        Set<String> externalIds,
        @Nullable String currency,
        @Nullable String search,
        Period created) {

    /** What {@code GET /v1/customers} shows when nothing is asked for. */
    public static final CustomerFilter NONE = new CustomerFilter(Set.of(), Set.of(), null, null, Period.ALWAYS);

    public CustomerFilter {
        statuses = statuses.isEmpty() ? Set.of(CustomerStatus.ACTIVE, CustomerStatus.ARCHIVED) : Set.copyOf(statuses);
        externalIds = Set.copyOf(externalIds);
    }

    /** The same for some statuses only. */
    public CustomerFilter withStatuses(Set<CustomerStatus> wanted) {
        return new CustomerFilter(wanted, externalIds, currency, search, created);
    }
}
