package io.meterline.billing.statement;

import io.meterline.billing.Subscription;
import io.meterline.billing.Subscriptions;
import io.meterline.billing.line.LinePricer;
import io.meterline.billing.line.LinePricer.Task;
import io.meterline.billing.line.MeasuredUsage;
import io.meterline.billing.line.PricedLine;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerRef;
import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.PropertyValue;
import io.meterline.store.EventReader;
import io.meterline.store.Filter;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageQuery.GroupBy;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What events would change if they were pushed now, line by line: the price of the usage with them, and without the versions
 * that they would replace, minus the price of the usage as it is. Nothing is stored.
 */
public final class EventPrices {

    /** Most events of a question. */
    public static final int MOST_EVENTS = 1_000;

    private static final GroupBy BY_ID = new GroupBy.ByProperty("id");

    private final EventReader events;
    private final LinePricer pricer;
    private final CustomerDirectory directory;
    private final Subscriptions subscriptions;
    private final Statements statements;

    public EventPrices(
            EventReader events, CustomerDirectory directory, Subscriptions subscriptions, Statements statements) {
        this.events = events;
        this.pricer = new LinePricer(events);
        this.directory = directory;
        this.subscriptions = subscriptions;
        this.statements = statements;
    }

    /**
     * A line that would change, or that counts one of the events.
     *
     * @param number of the line in its statement
     * @param after if the events were pushed
     */
    public record Change(
            CustomerRef customer,
            String subscriptionId,
            String statementId,
            int number,
            Currency currency,
            PricedLine before,
            PricedLine after) {}

    /**
     * The answer.
     *
     * @param unpriced events that no line with a price counts, by their place in the question
     */
    public record Answer(List<Change> changes, Map<Integer, Reason> unpriced) {}

    /** Why an event would cost nothing. */
    public enum Reason {
        /** Nobody is called so; a push would create the customer. */
        UNKNOWN_CUSTOMER,
        /** The customer has no subscription then. */
        NO_SUBSCRIPTION,
        /** No product of its subscriptions counts it, or no price of the product takes it. */
        NO_PRICE
    }

    /**
     * Works it out.
     *
     * @param wanted the events, with their customers
     * @param subscriptionId null for all of a customer
     * @param productId null for all of a subscription
     */
    public Answer of(
            Environment environment, List<Event> wanted, @Nullable String subscriptionId, @Nullable String productId) {
        Map<Long, Set<Long>> touched = new TouchedTimes(events, directory).of(environment, wanted);
        Set<String> subscribed = new HashSet<>();
        Set<String> priced = new HashSet<>();
        List<Change> changes = new ArrayList<>();
        Map<Long, CustomerRef> customers = directory.byNumber(touched.keySet());
        touched.forEach((number, times) -> {
            CustomerRef customer = Objects.requireNonNull(customers.get(number));
            Set<Long> numbers = directory.expand(environment, customer.canonicalId());
            for (Subscription subscription : subscriptions.ofCustomers(environment, numbers)) {
                if (subscriptionId == null || subscriptionId.equals(subscription.id())) {
                    Account account = statements.accounts().of(environment, subscription.id());
                    for (int statement : numbers(account, times)) {
                        note(account, statement, wanted, subscribed);
                        changes.addAll(changes(account, customer, statement, wanted, productId, priced));
                    }
                }
            }
        });
        Map<Integer, Reason> unpriced = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!priced.contains(place(wanted.get(i)))) {
                boolean isSubscribed = subscribed.contains(place(wanted.get(i)));
                unpriced.put(i, isSubscribed ? Reason.NO_PRICE : Reason.NO_SUBSCRIPTION);
            }
        }
        return new Answer(changes, unpriced);
    }

    /** The numbers of the statements that count events of these times. */
    private static Set<Integer> numbers(Account account, Set<Long> times) {
        Set<Integer> numbers = new TreeSet<>();
        for (int number = 1; number <= account.slots().size(); number++) {
            boolean sealed = number < account.firstOpen()
                    && account.closed().get(number - 1).isSealed();
            if (!sealed && times.stream().anyMatch(counts(account, number)::holds)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static Times counts(Account account, int number) {
        var period = account.slots().get(number - 1).period();
        boolean runs = period.contains(account.nowMicros());
        return account.subscription().rules().isAllTime()
                ? micros -> runs && micros < account.nowMicros()
                : period::contains;
    }

    private interface Times {
        boolean holds(long micros);
    }

    private static void note(Account account, int number, List<Event> wanted, Set<String> subscribed) {
        Times times = counts(account, number);
        for (Event event : wanted) {
            if (account.customers().contains(event.customer()) && times.holds(event.timestampMicros())) {
                subscribed.add(place(event));
            }
        }
    }

    private List<Change> changes(
            Account account,
            CustomerRef customer,
            int number,
            List<Event> wanted,
            @Nullable String productId,
            Set<String> priced) {
        List<Change> changes = new ArrayList<>();
        List<Task> tasks = statements.tasks(account, number);
        Set<String> types = wanted.stream().map(Event::eventType).collect(Collectors.toSet());
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            MeasuredUsage usage = task.terms().usage();
            boolean asked = productId == null || productId.equals(task.terms().productId());
            if (asked
                    && usage != null
                    && task.terms().price() != null
                    && types.contains(usage.definition().eventType())) {
                Set<String> counted = counted(account.environment(), task.with(wanted), usage);
                PricedLine before = pricer.price(account.environment(), task);
                PricedLine after = pricer.price(account.environment(), task.with(wanted));
                priced.addAll(counted);
                if (!counted.isEmpty() || !after.equals(before)) {
                    String statement = new StatementId(account.subscription().id(), number).text();
                    changes.add(new Change(
                            customer, account.subscription().id(), statement, i + 1, task.currency(), before, after));
                }
            }
        }
        return changes;
    }

    /** Which of the events a line would count. */
    private Set<String> counted(Environment environment, Task task, MeasuredUsage usage) {
        String type = usage.definition().eventType();
        List<PropertyValue.Scalar> ids = task.whatIf().stream()
                .filter(event -> event.eventType().equals(type))
                .map(Event::recordId)
                .distinct()
                .<PropertyValue.Scalar>map(PropertyValue.Text::new)
                .toList();
        Filter among = new Filter.Compare("id", Filter.Operator.IN, ids);
        return events
                .usage(
                        environment,
                        new UsageQuery(
                                type,
                                usage.definition().measure(),
                                new Filter.All(List.of(usage.filter(), among)),
                                task.period(),
                                task.customers(),
                                Map.of(),
                                List.of(BY_ID),
                                List.of(),
                                Long.MAX_VALUE,
                                task.whatIf()))
                .groups()
                .stream()
                .map(group -> place(type, Objects.requireNonNull(group.key().getFirst())))
                .collect(Collectors.toSet());
    }

    private static String place(Event event) {
        return place(event.eventType(), event.recordId());
    }

    private static String place(String type, String recordId) {
        return type + " " + recordId;
    }
}
