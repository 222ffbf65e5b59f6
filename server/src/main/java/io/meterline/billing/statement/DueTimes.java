package io.meterline.billing.statement;

import io.meterline.billing.StatementRules;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When something is due for the statements of a subscription.
 *
 * <p>After the last period of one that ended, no further period takes what is to be adjusted. It is looked for once a week, for
 * a year after the last close.
 */
final class DueTimes {

    private static final long WEEK = TimeUnit.DAYS.toMicros(7);
    private static final int WEEKS = 52;

    private DueTimes() {}

    /** Whether the first open statement of a period is to be closed. */
    static boolean closes(Account account) {
        Long at = closesAt(account);
        return at != null && at <= account.nowMicros();
    }

    /** Whether it is to be looked for what is to be adjusted after the last period. */
    static boolean settles(Account account) {
        return isSettled(account) && account.nowMicros() >= lastClose(account) + WEEK;
    }

    /** When to look at a subscription again: behind all others that are due; null for never, unless it is changed. */
    static @Nullable Long next(Account account) {
        Long next = nextTime(account);
        return next == null ? null : Long.valueOf(Math.max(next, account.nowMicros()));
    }

    private static @Nullable Long nextTime(Account account) {
        if (account.slots().isEmpty()) {
            long start = account.subscription().startsAtMicros();
            return start > account.nowMicros() ? Long.valueOf(start) : null;
        }
        if (isSettled(account)) {
            long week = 1 + (account.nowMicros() - lastClose(account)) / WEEK;
            return week <= WEEKS ? Long.valueOf(lastClose(account) + week * WEEK) : null;
        }
        Long closing = closesAt(account);
        long end = account.end(account.slots().size());
        boolean measures = account.subscription().rules().isAllTime() && end > account.nowMicros();
        // The next period begins where this one ends, and its statement closes later than this one.
        if (measures) {
            return closing == null ? end : Math.min(closing, end);
        }
        return closing;
    }

    /** When the first open statement closes by itself: the past of a new subscription gets its time for usage to come in, too. */
    private static @Nullable Long closesAt(Account account) {
        Duration after = account.subscription().rules().closeAfter();
        return after == null || account.firstOpen() > account.slots().size()
                ? null
                : Long.valueOf(Math.max(
                                account.end(account.firstOpen()),
                                account.subscription().createdAtMicros())
                        + TimeUnit.SECONDS.toMicros(after.toSeconds()));
    }

    /** Whether usage that arrives after the last period is settled by itself; all records are never adjusted. */
    private static boolean isSettled(Account account) {
        StatementRules rules = account.subscription().rules();
        return account.isOver() && rules.closeAfter() != null && !rules.isAllTime();
    }

    private static long lastClose(Account account) {
        return Objects.requireNonNull(account.closed().getLast().closedAtMicros());
    }
}
