package io.meterline.billing.statement;

import io.meterline.billing.Products;
import io.meterline.billing.Schedule.Slot;
import io.meterline.billing.Subscription;
import io.meterline.billing.Subscriptions;
import io.meterline.billing.line.LinePricer;
import io.meterline.billing.line.LinePricer.Task;
import io.meterline.billing.line.LineTerms;
import io.meterline.billing.line.MeasuredUsage;
import io.meterline.billing.line.PricedLine;
import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.customer.CustomerDirectory;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.meter.Aggregators;
import io.meterline.store.EventReader;
import io.meterline.store.Filter;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The statements of subscriptions, one for each period that has begun.
 *
 * <p>An open statement is worked out when it is asked for. Closing stores it, and from then on nothing changes it: usage that
 * arrives or changes later is charged or credited by the first that is open. When the last period of a subscription that
 * ended is closed, one more statement, without lines, takes what is still to be adjusted.
 */
public final class Statements {

    private final ControlDatabase database;
    private final Accounts accounts;
    private final StatementPricing pricing;

    public Statements(
            ControlDatabase database,
            Subscriptions subscriptions,
            CustomerDirectory directory,
            Products products,
            Aggregators aggregators,
            EventReader events) {
        this.database = database;
        this.pricing = new StatementPricing(products, aggregators, new LinePricer(events));
        this.accounts = new Accounts(database, subscriptions, directory, pricing);
    }

    /** The newest first. Throws {@code RuleException} {@code unknown_subscription}. */
    public Page<Statement> list(Environment environment, String subscriptionId, PageRequest page) {
        Account account = accounts.of(environment, subscriptionId);
        Optional<Statement> more = accounts.afterTheLast(account);
        int newest = more.isPresent() ? account.firstOpen() : account.last();
        Long position = page.position();
        int from = (position == null ? newest : (int) (position - 1)) - page.skip();
        List<Statement> statements = IntStream.iterate(from, number -> number >= 1, number -> number - 1)
                .limit(page.take() + 1L)
                .mapToObj(number -> number > account.last() ? more.orElseThrow() : accounts.statement(account, number))
                .toList();
        return Page.of(statements, page, newest, Statement::number);
    }

    /** The one whose period contains a time. Throws {@code unknown_subscription} or {@code unknown_statement}. */
    public Statement at(Environment environment, String subscriptionId, long micros) {
        Account account = accounts.of(environment, subscriptionId);
        List<Slot> slots = account.slots();
        return IntStream.range(0, slots.size())
                .filter(i -> slots.get(i).period().contains(micros))
                .mapToObj(i -> accounts.statement(account, i + 1))
                .findFirst()
                .orElseThrow(() -> unknown("The subscription has no statement of a period that contains this time."));
    }

    /** Throws {@code RuleException} {@code unknown_statement}. */
    public Statement get(Environment environment, String id) {
        StatementId wanted = parse(environment, id);
        return find(account(environment, wanted), wanted.number());
    }

    /**
     * Freezes a statement; again is no error, and answers what was frozen.
     *
     * <p>Throws {@code RuleException}: {@code unknown_statement}, {@code period_not_begun}, {@code period_not_over},
     * {@code earlier_statement_open}, {@code no_price} where a product has lost all of its prices, and {@code subscription_changed} where that happened at the
     * same time.
     */
    public Statement close(Environment environment, String id) {
        StatementId wanted = parse(environment, id);
        Account account = account(environment, wanted);
        if (wanted.number() <= account.closed().size()) {
            return account.closed().get(wanted.number() - 1);
        }
        if (wanted.number() > account.last() && account.hasPeriod(wanted.number())) {
            throw broken(
                    "period_not_begun",
                    "The period of this statement has not begun. It can be closed from the end of the period on.");
        }
        Statement statement = find(account, wanted.number());
        checkOrder(account, statement);
        checkPrices(statement);
        Statement closed = statement.closed(account.nowMicros());
        boolean isNew = database.write(handle -> StatementRows.insert(handle, account.subscription(), closed));
        Statement found = find(account(environment, wanted), wanted.number());
        // Somebody else may have closed it since; then that one counts.
        if (!isNew && !found.isClosed()) {
            throw new RuleException(
                    Kind.CONFLICT,
                    "subscription_changed",
                    "The subscription was changed by another request while the statement was worked out. Try again.");
        }
        return found;
    }

    private static void checkOrder(Account account, Statement statement) {
        if (statement.period().toMicros() > account.nowMicros()) {
            throw broken(
                    "period_not_over", "The period of this statement is not over; it can be closed from its end on.");
        }
        if (statement.number() != account.firstOpen()) {
            String first = new StatementId(statement.subscriptionId(), account.firstOpen()).text();
            throw broken("earlier_statement_open", "Statements are closed in order; close " + first + " first.");
        }
    }

    /** Throws {@code RuleException} {@code no_price}. */
    static void checkPrices(Statement statement) {
        LineTerms unpriced = StatementPricing.withoutPrice(statement);
        if (unpriced != null) {
            throw broken(
                    "no_price",
                    "The product " + unpriced.productId() + " has no price any more in "
                            + statement.currency().getCurrencyCode()
                            + " for the interval of the subscription. Give it one, then close.");
        }
    }

    /**
     * The events that a line stands on; empty for a flat fee.
     *
     * <p>Throws {@code RuleException}: {@code unknown_statement}, {@code unknown_line}.
     *
     * @param line as the statement numbers them, from 1
     */
    public Optional<Evidence> behindLine(Environment environment, String id, int line) {
        Statement statement = get(environment, id);
        if (line > statement.lines().size()) {
            throw unknownLine();
        }
        return Optional.ofNullable(statement.lines().get(line - 1).terms().usage())
                .map(usage -> Evidence.of(statement, usage, usage.filter()));
    }

    /**
     * The events that came in for a product of a closed period since the close: what an adjustment stands on, apart from
     * events that are gone from it.
     *
     * <p>Throws as {@link #behindLine} does.
     *
     * @param adjustment as the statement numbers them, from 1
     */
    public Optional<Evidence> behindAdjustment(Environment environment, String id, int adjustment) {
        Statement statement = get(environment, id);
        if (adjustment > statement.adjustments().size()) {
            throw unknownLine();
        }
        Adjustment adjusted = statement.adjustments().get(adjustment - 1);
        Statement past = get(environment, new StatementId(statement.subscriptionId(), adjusted.number()).text());
        List<MeasuredUsage> usages = past.lines().stream()
                .map(PricedLine::terms)
                .filter(terms -> terms.productId().equals(adjusted.productId()) && terms.price() != null)
                .map(terms -> Objects.requireNonNull(terms.usage()))
                .toList();
        Filter any = new Filter.Any(usages.stream().map(MeasuredUsage::filter).toList());
        return Optional.of(
                Evidence.of(past, usages.getFirst(), any).ingestedSince(Objects.requireNonNull(past.closedAtMicros())));
    }

    private static RuleException unknownLine() {
        return new RuleException(
                Kind.NOT_FOUND, "unknown_line", "The statement has no line or adjustment of this number.");
    }

    /** The closed ones of a subscription, the first one first. */
    public List<Statement> closed(Subscription subscription) {
        return database.read(handle -> StatementRows.closed(handle, subscription));
    }

    /** Charges and credits nothing more for what these customers were billed for: their events are to be erased. */
    public void seal(Collection<Long> customers) {
        database.write(handle -> {
            StatementRows.seal(handle, customers);
            return null;
        });
    }

    Accounts accounts() {
        return accounts;
    }

    /** The lines of a statement whatever they come to, in their order. */
    List<Task> tasks(Account account, int number) {
        return number < account.firstOpen()
                ? StatementPricing.tasks(account.closed().get(number - 1))
                : pricing.tasks(account, number);
    }

    private Statement find(Account account, int number) {
        if (number <= account.last()) {
            return accounts.statement(account, number);
        }
        return accounts.afterTheLast(account)
                .filter(more -> more.number() == number)
                .orElseThrow(() -> unknown(account.environment()));
    }

    private Account account(Environment environment, StatementId id) {
        try {
            return accounts.of(environment, id.subscriptionId());
        } catch (RuleException e) {
            throw e.kind() == Kind.NOT_FOUND ? unknown(environment) : e;
        }
    }

    private static StatementId parse(Environment environment, String id) {
        return StatementId.parse(id).orElseThrow(() -> unknown(environment));
    }

    private static RuleException unknown(Environment environment) {
        return unknown("There is no statement with this id in the " + environment.text() + " environment.");
    }

    private static RuleException unknown(String message) {
        return new RuleException(Kind.NOT_FOUND, "unknown_statement", message);
    }

    private static RuleException broken(String code, String message) {
        return new RuleException(Kind.UNPROCESSABLE, code, message);
    }
}
