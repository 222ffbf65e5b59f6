package io.meterline.billing.statement;

import io.meterline.billing.Schedule;
import io.meterline.billing.Schedule.Slot;
import io.meterline.billing.Subscription;
import io.meterline.billing.SubscriptionStatus;
import io.meterline.event.Environment;
import java.util.List;
import java.util.Set;

/**
 * A subscription at a time.
 *
 * @param customers numbers of the customers whose events count now
 * @param slots the periods that have begun, the first one first
 * @param closed the closed statements, likewise
 */
record Account(
        Environment environment,
        Subscription subscription,
        Set<Long> customers,
        List<Slot> slots,
        List<Statement> closed,
        long nowMicros) {

    /** The number of the statement that is to be closed next, and that takes what is to be adjusted. */
    int firstOpen() {
        return closed.size() + 1;
    }

    /** The number of the last statement that has a period, or is closed. */
    int last() {
        return Math.max(slots.size(), closed.size());
    }

    /** Whether a period has begun or is to come. */
    boolean hasPeriod(int number) {
        Schedule schedule = subscription.schedule();
        return schedule.endMicros() == Long.MAX_VALUE
                || number <= schedule.begunBy(schedule.endMicros() - 1).size();
    }

    /** Whether all periods that there will ever be are closed. */
    boolean isOver() {
        return subscription.status(nowMicros) == SubscriptionStatus.ENDED && !closed.isEmpty() && firstOpen() > last();
    }

    /** When the period of a statement ends. */
    long end(int number) {
        return slots.get(number - 1).period().toMicros();
    }
}
