package io.meterline.billing.statement;

import io.meterline.billing.Subscription;
import io.meterline.billing.Subscriptions;
import io.meterline.billing.statement.StatementJson.Figures;
import io.meterline.control.ControlDatabase;
import io.meterline.customer.CustomerDirectory;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import java.util.List;
import java.util.Optional;

/** Looks subscriptions up with their statements: closed ones as they were stored, open ones worked out. */
final class Accounts {

    private final ControlDatabase database;
    private final Subscriptions subscriptions;
    private final CustomerDirectory directory;
    private final StatementPricing pricing;

    Accounts(
            ControlDatabase database,
            Subscriptions subscriptions,
            CustomerDirectory directory,
            StatementPricing pricing) {
        this.database = database;
        this.subscriptions = subscriptions;
        this.directory = directory;
        this.pricing = pricing;
    }

    /** Throws {@code RuleException} {@code unknown_subscription}. */
    Account of(Environment environment, String subscriptionId) {
        Subscriptions.Found found = subscriptions.get(environment, subscriptionId);
        Subscription subscription = found.subscription();
        return new Account(
                environment,
                subscription,
                directory.expand(environment, found.customer().canonicalId()),
                subscription.schedule().begunBy(found.nowMicros()),
                database.read(handle -> StatementRows.closed(handle, subscription)),
                found.nowMicros());
    }

    /** A statement of a period that has begun, or a closed one. */
    Statement statement(Account account, int number) {
        if (number < account.firstOpen()) {
            return account.closed().get(number - 1);
        }
        Statement open = account.subscription().rules().isAllTime() && account.end(number) <= account.nowMicros()
                ? measure(account, number)
                : pricing.open(account, number);
        return number == account.firstOpen()
                ? open.adjusting(pricing.adjustments(account.environment(), account.closed()))
                : open;
    }

    /** What is still to be adjusted when all periods are closed; empty when nothing is. */
    Optional<Statement> afterTheLast(Account account) {
        if (!account.isOver()) {
            return Optional.empty();
        }
        List<Adjustment> adjustments = pricing.adjustments(account.environment(), account.closed());
        Statement last = account.closed().getLast();
        Period none = new Period(last.period().toMicros(), last.period().toMicros());
        return adjustments.isEmpty()
                ? Optional.empty()
                : Optional.of(Statement.open(account, account.firstOpen(), none, List.of(), null)
                        .adjusting(adjustments));
    }

    /**
     * What there was at the end of a period that is over, measured now unless it was before. Without a price it is not kept,
     * since it could never be closed.
     */
    Statement measure(Account account, int number) {
        String id = account.subscription().id();
        Figures figures = database.read(handle -> StatementRows.snapshot(handle, id, number))
                .orElseGet(() -> keep(pricing.open(account, number)));
        return Statement.open(
                        account,
                        number,
                        account.slots().get(number - 1).period(),
                        figures.lines(),
                        figures.measuredAtMicros())
                .ofCustomers(figures.customers());
    }

    /** Keeps what was measured; what somebody else kept meanwhile counts. */
    private Figures keep(Statement measured) {
        if (StatementPricing.withoutPrice(measured) != null) {
            return Figures.of(measured);
        }
        return database.write(handle -> {
            StatementRows.insertSnapshot(handle, measured);
            return StatementRows.snapshot(handle, measured.subscriptionId(), measured.number())
                    .orElseThrow();
        });
    }
}
