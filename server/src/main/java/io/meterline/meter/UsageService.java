package io.meterline.meter;

import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.store.EventPage;
import io.meterline.store.EventQuery;
import io.meterline.store.EventReader;
import io.meterline.store.Filter;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageQuery.GroupBy;
import io.meterline.store.UsageResult;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers what an aggregator measured, and which events that figure stands on. */
public final class UsageService {

    /** More figures than this (groups times windows) are refused; they take some 100 MiB of memory. */
    static final long MOST_FIGURES = 250_000;

    private final EventReader events;
    private final CustomerLookup customers;
    private final InstantSource clock;

    public UsageService(EventReader events, CustomerLookup customers, InstantSource clock) {
        this.events = events;
        this.customers = customers;
        this.clock = clock;
    }

    /** The figure of a saved aggregator, by the version given. Throws as for a definition. */
    public UsageAnswer usage(Environment environment, Aggregator aggregator, UsageTerms terms, GroupPage page) {
        return answer(environment, aggregator.id(), aggregator.definition(), terms, page);
    }

    /**
     * The figure of a definition that need not be saved.
     *
     * <p>Throws {@code RuleException}: what {@link UsageTerms} and {@link Windows} say, {@code unknown_customer},
     * {@code operation_needs_period} for a weighted sum in the mode {@code all_time}, {@code too_many_groups} and
     * {@code invalid_cursor}.
     */
    public UsageAnswer usage(Environment environment, Definition definition, UsageTerms terms, GroupPage page) {
        return answer(environment, null, definition, terms, page);
    }

    private UsageAnswer answer(
            Environment environment,
            @Nullable String aggregatorId,
            Definition definition,
            UsageTerms terms,
            GroupPage page) {
        UsageQuery query = query(environment, definition, terms);
        UsageResult result = events.usage(environment, query);
        return new Answering(environment, customers, query, terms).answer(aggregatorId, definition, result, page);
    }

    /** Throws what every figure with these terms would throw, whatever it counts. */
    public void check(Environment environment, UsageTerms terms) {
        terms.windows(terms.span(clock.instant()));
        terms.groups();
        if (terms.customer() != null) {
            customers.expand(environment, terms.customer());
        }
    }

    /** The events that a figure counts: not those that it reports as excluded. Throws as the figure itself does. */
    public EventPage events(
            Environment environment, Definition definition, UsageTerms terms, EventSelection selection) {
        UsageQuery query = query(environment, definition, terms);
        return events.list(
                environment,
                new EventQuery(
                        query.eventType(),
                        query.customers(),
                        null,
                        null,
                        query.period(),
                        Period.ALWAYS,
                        new Filter.All(List.of(query.filter(), selection.filter())),
                        query.measure(),
                        selection.sort(),
                        selection.descending(),
                        selection.take(),
                        selection.skip(),
                        selection.after()));
    }

    private UsageQuery query(Environment environment, Definition definition, UsageTerms terms) {
        Period span = terms.span(clock.instant());
        List<Period> windows = terms.windows(span);
        List<GroupBy> groups = terms.groups();
        if (definition.operation() == Operation.WEIGHTED_SUM && terms.mode() == Mode.ALL_TIME) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "operation_needs_period",
                    "A weighted sum is averaged over a period; use mode=period with from and to.");
        }
        String customer = terms.customer();
        boolean byCustomer = groups.contains(new GroupBy.Customer());
        return new UsageQuery(
                definition.eventType(),
                definition.measure(),
                definition.filter(),
                span,
                customer == null ? null : customers.expand(environment, customer),
                byCustomer ? customers.mergedInto(environment) : Map.of(),
                groups,
                windows,
                MOST_FIGURES);
    }
}
