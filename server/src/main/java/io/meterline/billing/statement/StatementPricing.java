package io.meterline.billing.statement;

import io.meterline.billing.ProductDefinition;
import io.meterline.billing.Products;
import io.meterline.billing.Schedule.Slot;
import io.meterline.billing.SubscribedProduct;
import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.billing.Subscription;
import io.meterline.billing.SubscriptionTerms;
import io.meterline.billing.line.LinePricer;
import io.meterline.billing.line.LinePricer.Task;
import io.meterline.billing.line.LineTerms;
import io.meterline.billing.line.PricedLine;
import io.meterline.billing.line.ProductLines;
import io.meterline.billing.line.Share;
import io.meterline.control.Versioned;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.meter.Aggregator;
import io.meterline.meter.Aggregators;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Works out statements: the lines of an open one by what is in force now, and what closed ones are to be adjusted by. */
final class StatementPricing {

    private final Products products;
    private final Aggregators aggregators;
    private final LinePricer lines;

    StatementPricing(Products products, Aggregators aggregators, LinePricer lines) {
        this.products = products;
        this.aggregators = aggregators;
        this.lines = lines;
    }

    /** A period as it stands. */
    Statement open(Account account, int number) {
        List<PricedLine> priced = tasks(account, number).stream()
                .map(task -> lines.price(account.environment(), task))
                .toList();
        boolean allTime = account.subscription().rules().isAllTime();
        Period period = account.slots().get(number - 1).period();
        return Statement.open(account, number, period, priced, allTime ? account.nowMicros() : null);
    }

    /** The lines of an open statement, by what is in force now. */
    List<Task> tasks(Account account, int number) {
        Subscription subscription = account.subscription();
        Slot slot = account.slots().get(number - 1);
        Period counted = subscription.rules().isAllTime()
                ? Period.until(Math.min(slot.period().toMicros(), account.nowMicros()))
                : slot.period();
        return terms(account.environment(), subscription, slot).stream()
                .map(terms ->
                        new Task(terms, account.customers(), subscription.zone(), subscription.currency(), counted))
                .toList();
    }

    /** The lines of a closed one, by what was frozen. */
    static List<Task> tasks(Statement closed) {
        return closed.lines().stream().map(line -> task(closed, line)).toList();
    }

    private List<LineTerms> terms(Environment environment, Subscription subscription, Slot slot) {
        SubscriptionTerms terms =
                subscription.termsAt(slot.period().fromMicros()).terms();
        Share share = subscription.rules().proratesFlatFees() ? Share.of(slot.period(), slot.whole()) : Share.WHOLE;
        List<LineTerms> all = new ArrayList<>();
        for (SubscribedProduct subscribed : terms.products()) {
            ProductLines product = product(environment, subscribed.productId());
            List<OwnPrice> prices = subscribed.overrides().isEmpty()
                    ? product.prices(subscription.currency(), terms.interval())
                    : subscribed.overrides();
            all.addAll(product.of(prices, share));
        }
        return all;
    }

    private ProductLines product(Environment environment, String id) {
        Versioned<ProductDefinition> product = products.get(environment, id);
        String aggregatorId = product.definition().aggregatorId();
        Aggregator aggregator = aggregatorId == null ? null : aggregators.get(environment, aggregatorId);
        return new ProductLines(product, aggregator);
    }

    /**
     * What usage that arrived or changed since the closes is to be charged or credited, one for each product and period.
     *
     * @param closed all closed statements of a subscription
     */
    List<Adjustment> adjustments(Environment environment, List<Statement> closed) {
        List<Task> tasks = new ArrayList<>();
        List<Subject> subjects = new ArrayList<>();
        Map<Subject, BigDecimal> before = new LinkedHashMap<>();
        Map<Subject, String> names = new HashMap<>();
        for (Statement statement : closed) {
            boolean changes = !statement.isSealed() && statement.measuredAtMicros() == null;
            for (PricedLine line : changes ? statement.lines() : List.<PricedLine>of()) {
                if (line.terms().usage() != null && line.charge() != null) {
                    Subject subject =
                            new Subject(statement.number(), line.terms().productId());
                    tasks.add(task(statement, line));
                    subjects.add(subject);
                    before.merge(subject, line.amount(), BigDecimal::add);
                    names.put(subject, line.terms().productName());
                }
            }
            for (Adjustment adjustment : statement.adjustments()) {
                Subject subject = new Subject(adjustment.number(), adjustment.productId());
                before.computeIfPresent(subject, (_, amount) -> amount.add(adjustment.amount()));
            }
        }
        Map<Subject, BigDecimal> today = new HashMap<>();
        List<BigDecimal> amounts = lines.amounts(environment, tasks);
        for (int i = 0; i < amounts.size(); i++) {
            today.merge(subjects.get(i), amounts.get(i), BigDecimal::add);
        }
        List<Adjustment> adjustments = new ArrayList<>();
        before.forEach((subject, billed) -> {
            BigDecimal amount = Objects.requireNonNull(today.get(subject));
            if (amount.compareTo(billed) != 0) {
                Period period = closed.get(subject.number() - 1).period();
                String name = Objects.requireNonNull(names.get(subject));
                adjustments.add(new Adjustment(subject.number(), period, subject.productId(), name, billed, amount));
            }
        });
        return adjustments;
    }

    private static Task task(Statement statement, PricedLine line) {
        return new Task(
                line.terms(), statement.customers(), statement.zone(), statement.currency(), statement.period());
    }

    /** What an adjustment is about. */
    private record Subject(int number, String productId) {}

    /** The first product of a statement without any price; null where each has one. */
    static @Nullable LineTerms withoutPrice(Statement statement) {
        Map<String, LineTerms> unpriced = new LinkedHashMap<>();
        statement.lines().forEach(line -> unpriced.put(line.terms().productId(), line.terms()));
        statement.lines().stream()
                .filter(line -> line.terms().price() != null)
                .forEach(line -> unpriced.remove(line.terms().productId()));
        return unpriced.values().stream().findFirst().orElse(null);
    }
}
