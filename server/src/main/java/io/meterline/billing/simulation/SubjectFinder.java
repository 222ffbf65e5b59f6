package io.meterline.billing.simulation;

import io.meterline.billing.Interval;
import io.meterline.billing.Schedule.Slot;
import io.meterline.billing.SubscribedProduct;
import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.billing.Subscription;
import io.meterline.billing.SubscriptionStatus;
import io.meterline.billing.SubscriptionTerms;
import io.meterline.billing.Subscriptions;
import io.meterline.billing.line.PricedLine;
import io.meterline.billing.statement.Snapshots;
import io.meterline.event.Period;
import io.meterline.price.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds out who among some customers is simulated, and by which prices. */
final class SubjectFinder {

    private final SimulationPlan plan;
    private final Subscriptions subscriptions;
    private final Snapshots snapshots;
    private final Map<Long, Long> mergedInto;
    private final Frame months;
    private final Map<Interval, List<ScenarioLines>> byInterval = new HashMap<>();
    private final Others withoutSubscription;

    SubjectFinder(SimulationPlan plan, Subscriptions subscriptions, Snapshots snapshots, Map<Long, Long> mergedInto) {
        this.plan = plan;
        this.subscriptions = subscriptions;
        this.snapshots = snapshots;
        this.mergedInto = mergedInto;
        this.months = new Frame(plan.months(), plan.request().zone(), false);
        List<ScenarioLines> scenarios = scenarios(plan.currentPrices(null));
        Skipped why = notPossible(scenarios, false);
        this.withoutSubscription = new Others(why, why == null ? scenarios : List.of());
    }

    /**
     * Who is simulated.
     *
     * @param subjects whatever they used
     * @param ifUsed by customer, those who are simulated over the months from their first usage on
     * @param skipped how many are left out
     * @param skippedIfUsed by customer, those who are left out, which counts where they have usage
     * @param others the same for any other customer with usage
     */
    record Found(
            List<Subject> subjects,
            Map<Long, Subject> ifUsed,
            Map<Skipped, Long> skipped,
            Map<Long, Skipped> skippedIfUsed,
            Others others) {}

    /** What customers without a subscription are priced by, or why they are left out. */
    record Others(@Nullable Skipped skipped, List<ScenarioLines> scenarios) {}

    /** The calendar months. */
    Frame months() {
        return months;
    }

    /** Looks at all subscriptions of these customers. */
    Found find(List<Long> customers, Members members) {
        List<Subscription> all = subscriptions.withProduct(plan.productId(), members.numbers());
        Found found = new Found(
                new ArrayList<>(), new HashMap<>(), new EnumMap<>(Skipped.class), new HashMap<>(), withoutSubscription);
        switch (plan.request().by()) {
            case SUBSCRIPTION -> all.forEach(subscription -> bySubscription(subscription, found));
            case CALENDAR_MONTH -> byMonth(all, found);
        }
        return found;
    }

    private void bySubscription(Subscription subscription, Found found) {
        Answer answer = answer(subscription);
        if (answer.isOfOthers()) {
            return;
        }
        Skipped why = answer.skipped();
        if (why == null) {
            List<Period> all = complete(subscription);
            int first = Math.max(0, all.size() - plan.request().periods());
            List<Period> periods = all.subList(first, all.size());
            if (periods.isEmpty()) {
                why = Skipped.NO_COMPLETE_PERIOD;
            } else {
                boolean allTime = subscription.rules().isAllTime();
                found.subjects()
                        .add(new Subject(
                                customer(subscription),
                                subscription.id(),
                                new Frame(periods, subscription.zone(), allTime),
                                answer.scenarios(),
                                allTime ? measured(subscription, first) : Map.of()));
            }
        }
        if (why != null) {
            found.skipped().merge(why, 1L, Long::sum);
        }
    }

    private List<Period> complete(Subscription subscription) {
        return subscription.schedule().begunBy(plan.nowMicros()).stream()
                .map(Slot::period)
                .filter(period -> period.toMicros() <= plan.nowMicros())
                .toList();
    }

    /** The snapshots of the periods from one on, as far as a price without a split can use them. */
    private Map<Integer, Map<Shape, Part>> measured(Subscription subscription, int first) {
        Map<Integer, Map<Shape, Part>> measured = new HashMap<>();
        snapshots.of(subscription.id(), first + 1).forEach((number, lines) -> {
            Map<Shape, Part> parts = new HashMap<>();
            for (PricedLine line : lines) {
                Shape shape = Shape.of(line.terms());
                if (shape != null && line.quantity() != null && shape.split().equals(Split.NONE)) {
                    parts.put(shape.ofQuantity(), Part.whole(line.quantity(), line.events()));
                }
            }
            measured.put(number - 1 - first, parts);
        });
        return measured;
    }

    /** Of several subscriptions the oldest in the currency counts; ended ones do not. */
    private void byMonth(List<Subscription> all, Found found) {
        Map<Long, Answer> answers = new HashMap<>();
        for (Subscription subscription : all) {
            Answer answer = answer(subscription);
            if (answer.isOfOthers() || answer.skipped() == Skipped.SUBSCRIPTION_ENDED) {
                continue;
            }
            long customer = customer(subscription);
            Answer before = answers.get(customer);
            if (before == null
                    || (before.skipped() == Skipped.OTHER_CURRENCY && answer.skipped() != before.skipped())) {
                answers.put(customer, answer);
            }
        }
        answers.forEach((customer, answer) -> {
            if (answer.skipped() != null) {
                found.skippedIfUsed().put(customer, answer.skipped());
            } else if (answer.allTime()) {
                Frame allTime = new Frame(months.periods(), months.zone(), true);
                found.subjects().add(new Subject(customer, null, allTime, answer.scenarios()));
            } else {
                found.ifUsed().put(customer, new Subject(customer, null, months, answer.scenarios()));
            }
        });
    }

    /** What is to be done with a subscription: neither of the two when it has not the product now. */
    private record Answer(@Nullable Skipped skipped, boolean allTime, List<ScenarioLines> scenarios) {
        boolean isOfOthers() {
            return skipped == null && scenarios.isEmpty();
        }
    }

    private Answer answer(Subscription subscription) {
        SubscriptionTerms terms = subscription.termsAt(plan.nowMicros()).terms();
        SubscribedProduct product = terms.product(plan.productId()).orElse(null);
        SubscriptionStatus status = subscription.status(plan.nowMicros());
        if (product == null || status == SubscriptionStatus.SCHEDULED) {
            return new Answer(null, false, List.of());
        }
        if (status == SubscriptionStatus.ENDED) {
            return new Answer(Skipped.SUBSCRIPTION_ENDED, false, List.of());
        }
        if (!subscription.currency().equals(plan.currency())) {
            return new Answer(Skipped.OTHER_CURRENCY, false, List.of());
        }
        List<ScenarioLines> scenarios = product.overrides().isEmpty()
                ? byInterval.computeIfAbsent(terms.interval(), interval -> scenarios(plan.currentPrices(interval)))
                : scenarios(product.overrides());
        boolean allTime = subscription.rules().isAllTime();
        Skipped why = notPossible(scenarios, allTime);
        return new Answer(why, allTime, why == null ? scenarios : List.of());
    }

    /** None without a price. */
    private List<ScenarioLines> scenarios(List<OwnPrice> current) {
        return current.isEmpty() && plan.request().baseline() == null ? List.of() : plan.scenarios(current);
    }

    /** Why somebody cannot be priced by these; an edit of the aggregator may not fit what was subscribed before. */
    private static @Nullable Skipped notPossible(List<ScenarioLines> scenarios, boolean allTime) {
        if (scenarios.isEmpty()) {
            return Skipped.NO_PRICE;
        }
        List<Shape> shapes = scenarios.stream()
                .flatMap(scenario -> scenario.lines().stream())
                .map(ScenarioLines.Line::shape)
                .filter(Objects::nonNull)
                .toList();
        if (shapes.stream().anyMatch(Shape::lacksAmounts)) {
            return Skipped.AGGREGATOR_HAS_NO_EVENT_AMOUNTS;
        }
        return allTime && !shapes.stream().allMatch(Shape::canBeAllTime) ? Skipped.ALL_TIME_NOT_POSSIBLE : null;
    }

    private long customer(Subscription subscription) {
        return mergedInto.getOrDefault(subscription.customer(), subscription.customer());
    }
}
