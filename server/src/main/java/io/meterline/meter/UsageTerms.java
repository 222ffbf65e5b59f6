package io.meterline.meter;

import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import io.meterline.store.UsageQuery.GroupBy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked about a figure, whatever the aggregator.
 *
 * @param from start of the period; none in the mode {@code all_time}
 * @param to end of the period, not part of it; in the mode {@code all_time} null stands for now
 * @param window what to split the figure by in time, null for nothing; none in the mode {@code all_time}
 * @param timeZone whose clock and calendar cut the windows
 * @param groupBy names of properties, and {@value #CUSTOMER} for the customer
 * @param customer our id or the external id of the customer whose events count, null for all customers
 */
public record UsageTerms(
        Mode mode,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable WindowSize window,
        ZoneId timeZone,
        List<String> groupBy,
        @Nullable String customer) {

    /** The group that stands for the customer. */
    public static final String CUSTOMER = "customer_id";

    /** Stands in the key of a group beside {@link #CUSTOMER}. */
    static final String EXTERNAL_CUSTOMER = "external_customer_id";

    private static final int MAX_GROUP_BY = 5;

    public UsageTerms {
        groupBy = List.copyOf(groupBy);
    }

    /** A period, not split. */
    public static UsageTerms period(Instant from, Instant to) {
        return new UsageTerms(Mode.PERIOD, from, to, null, ZoneId.of("UTC"), List.of(), null);
    }

    /** The same for one customer. */
    public UsageTerms ofCustomer(String idOrExternalId) {
        return new UsageTerms(mode, from, to, window, timeZone, groupBy, idOrExternalId);
    }

    /**
     * The times that count.
     *
     * <p>Throws {@code RuleException}: {@code missing_period}, {@code invalid_period}, {@code from_not_allowed} or
     * {@code window_not_allowed}.
     */
    Period span(Instant now) {
        return switch (mode) {
            case PERIOD -> period();
            case ALL_TIME -> untilMoment(now);
        };
    }

    private Period period() {
        if (from == null || to == null) {
            Problems problems = new Problems();
            for (String missing : new String[] {from == null ? "from" : "", to == null ? "to" : ""}) {
                if (!missing.isEmpty()) {
                    problems.add(
                            missing,
                            "missing_period",
                            "give from and to, or mode=all_time to count every record whenever it is dated");
                }
            }
            throw problems.exception();
        }
        if (!from.isBefore(to)) {
            throw Problems.invalid(
                    "to", "invalid_period", "The period must end after it begins: to is not part of it.");
        }
        return new Period(Timestamps.micros(from), Timestamps.micros(to));
    }

    private Period untilMoment(Instant now) {
        if (from != null) {
            throw Problems.invalid(
                    "from",
                    "from_not_allowed",
                    "The mode all_time has no beginning; leave from out, or use mode=period.");
        }
        if (window != null) {
            throw Problems.invalid(
                    "window",
                    "window_not_allowed",
                    "The mode all_time cannot be split into windows; leave window out, or use mode=period.");
        }
        return Period.until(Timestamps.micros(to == null ? now : to));
    }

    List<Period> windows(Period span) {
        return window == null ? List.of() : Windows.of(span, window, timeZone);
    }

    /** Throws {@code RuleException} {@code invalid_group_by}. */
    List<GroupBy> groups() {
        if (groupBy.size() > MAX_GROUP_BY) {
            throw invalidGroupBy("Group by at most " + MAX_GROUP_BY + " things.");
        }
        Set<String> seen = new HashSet<>();
        List<GroupBy> groups = new ArrayList<>();
        for (String name : groupBy) {
            if (!PropertyNames.isOne(name)) {
                throw invalidGroupBy("Group by customer_id or names of properties: " + PropertyNames.RULE + ".");
            }
            if (!seen.add(name)) {
                throw invalidGroupBy("Name each thing to group by once.");
            }
            groups.add(name.equals(CUSTOMER) ? new GroupBy.Customer() : new GroupBy.ByProperty(name));
        }
        if (seen.contains(CUSTOMER) && seen.contains(EXTERNAL_CUSTOMER)) {
            throw invalidGroupBy("A group by customer_id names the external id too; leave external_customer_id out.");
        }
        return groups;
    }

    private static RuleException invalidGroupBy(String message) {
        return Problems.invalid("group_by", "invalid_group_by", message);
    }
}
