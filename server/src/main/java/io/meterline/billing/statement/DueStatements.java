package io.meterline.billing.statement;

import io.meterline.billing.statement.StatementRows.Due;
import io.meterline.control.ControlDatabase;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due for statements by itself, on a thread of its own: measures what there is at the end of a period, within a
 * minute of it or as soon as the server runs again, and closes statements some time after their period.
 */
public final class DueStatements implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DueStatements.class);
    private static final long EVERY_SECONDS = 20;
    private static final int AT_ONCE = 100;
    private static final int CLOSES_AT_ONCE = 100;
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final long AGAIN_AFTER = TimeUnit.MINUTES.toMicros(1);

    private final ControlDatabase database;
    private final Statements statements;
    private final InstantSource clock;
    // By subscription, until it goes on.
    private final Map<String, String> waiting = new HashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("statements").daemon().factory());

    public DueStatements(ControlDatabase database, Statements statements, InstantSource clock) {
        this.database = database;
        this.statements = statements;
        this.clock = clock;
    }

    /** Begins to look, every {@value #EVERY_SECONDS} seconds. */
    public DueStatements start() {
        var _ = thread.scheduleWithFixedDelay(this::tick, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        return this;
    }

    // An exception would end the schedule.
    private void tick() {
        try {
            while (run() > 0 && !thread.isShutdown()) {
                LOG.debug("there may be more that is due");
            }
        } catch (RuntimeException e) {
            LOG.error("cannot look for statements that are due; tried again in {} s", EVERY_SECONDS, e);
        }
    }

    /** Does what is due now, for so many subscriptions at most; answers for how many. */
    int run() {
        long now = Timestamps.micros(clock.instant());
        List<Due> due = database.read(handle -> StatementRows.due(handle, now, AT_ONCE));
        for (Due one : due) {
            if (thread.isShutdown()) {
                break;
            }
            run(one, now);
        }
        return due.size();
    }

    private void run(Due due, long now) {
        try {
            advance(due.environment(), due.subscription());
            waiting.remove(due.subscription());
        } catch (RuntimeException e) {
            report(due.subscription(), e);
            long again = now + AGAIN_AFTER;
            database.write(handle -> {
                StatementRows.postpone(handle, due.subscription(), again);
                return null;
            });
        }
    }

    /** Says once what a statement waits for, and not each minute. */
    private void report(String subscription, RuntimeException e) {
        String reason = e instanceof RuleException rule ? rule.sentence() : e.toString();
        if (reason.equals(waiting.put(subscription, reason))) {
            LOG.debug("the statement of {} still waits: {}", subscription, reason);
        } else if (e instanceof RuleException) {
            LOG.warn("the statement of {} waits, and is tried again each minute: {}", subscription, reason);
        } else {
            LOG.error("cannot work out the statement of {}; tried again each minute", subscription, e);
        }
    }

    private void advance(Environment environment, String subscriptionId) {
        Accounts accounts = statements.accounts();
        Account account = accounts.of(environment, subscriptionId);
        List<Statement> measured = measure(account);
        Instant turnEnds = clock.instant().plus(TURN);
        for (int i = 0; i < CLOSES_AT_ONCE && DueTimes.closes(account); i++) {
            if (thread.isShutdown() || clock.instant().isAfter(turnEnds)) {
                break;
            }
            var _ = statements.close(environment, new StatementId(subscriptionId, account.firstOpen()).text());
            account = accounts.of(environment, subscriptionId);
        }
        account = settled(account);
        // Without a price nothing was kept of it.
        measured.forEach(Statements::checkPrices);
        Account done = account;
        database.write(handle -> {
            StatementRows.setDue(handle, done.subscription(), DueTimes.next(done));
            return null;
        });
    }

    /** Closes what is to be adjusted after the last period. */
    private Account settled(Account account) {
        if (!DueTimes.settles(account)) {
            return account;
        }
        Statement more = statements.accounts().afterTheLast(account).orElse(null);
        if (more == null) {
            return account;
        }
        String subscription = account.subscription().id();
        var _ = statements.close(account.environment(), new StatementId(subscription, more.number()).text());
        return statements.accounts().of(account.environment(), subscription);
    }

    /** What there is at the ends of periods that are over. */
    private List<Statement> measure(Account account) {
        if (!account.subscription().rules().isAllTime()) {
            return List.of();
        }
        return IntStream.rangeClosed(account.firstOpen(), account.last())
                .takeWhile(number -> account.end(number) <= account.nowMicros())
                .mapToObj(number -> statements.accounts().measure(account, number))
                .toList();
    }

    @Override
    public void close() {
        thread.close();
    }
}
