package io.meterline.billing;

import io.meterline.billing.Subscription.Dated;
import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a subscription becomes by a change, a cancellation or an edit. What has been is never changed. */
final class SubscriptionEdits {

    private static final int MAX_CHANGES = 500;

    private SubscriptionEdits() {}

    /**
     * Other terms, in place of any change that is still to come.
     *
     * <p>Throws {@code RuleException}: {@code subscription_not_started}, {@code subscription_ended}, {@code
     * no_next_period}, {@code too_many_changes} or, on the field {@code products}, {@code required}.
     */
    static Subscription change(Subscription subscription, SubscriptionChange change, long now) {
        Period current = running(subscription, now);
        long from = switch (change.effective()) {
            case NOW -> now;
            case NEXT_PERIOD -> current.toMicros();
        };
        if (subscription.endsAtMicros() != null && from >= subscription.endsAtMicros()) {
            throw broken(
                    "no_next_period",
                    "The subscription ends with the current period. Move ends_at with PUT first, or change it now.");
        }
        Dated before = subscription.termsAt(now);
        SubscriptionTerms changed = changed(subscription, before.terms(), change, from);
        List<Dated> past = subscription.terms().stream()
                .filter(dated -> dated.fromMicros() <= now && dated.fromMicros() < from)
                .toList();
        if (past.size() > MAX_CHANGES) {
            throw broken(
                    "too_many_changes",
                    "A subscription is changed at most " + MAX_CHANGES + " times. Cancel it and create another one.");
        }
        boolean same = !past.isEmpty() && changed.equals(past.getLast().terms());
        return subscription.withTerms(
                same
                        ? past
                        : Stream.concat(past.stream(), Stream.of(new Dated(from, changed)))
                                .toList());
    }

    private static SubscriptionTerms changed(
            Subscription subscription, SubscriptionTerms before, SubscriptionChange change, long from) {
        Interval interval = change.interval() == null ? before.interval() : change.interval();
        boolean sameInterval = interval.equals(before.interval());
        if (!sameInterval && change.products() == null && before.hasOverrides()) {
            throw broken(
                    "products",
                    "required",
                    "the overrides are prices for the old interval; say what they are for the new one");
        }
        Long anchor = change.anchorMicros();
        if (anchor == null) {
            anchor = sameInterval ? before.anchorMicros() : Long.valueOf(from);
        }
        List<SubscribedProduct> products = change.products() == null ? before.products() : change.products();
        return new SubscriptionTerms(interval, anchor, products).startingAt(subscription.startsAtMicros());
    }

    /** Ended at once or with the current period; at once where it has not started. One that has ended stays as it is. */
    static Subscription cancel(Subscription subscription, Effective effective, long now) {
        SubscriptionStatus status = subscription.status(now);
        if (status == SubscriptionStatus.ENDED) {
            return subscription;
        }
        boolean atOnce = status == SubscriptionStatus.SCHEDULED || effective == Effective.NOW;
        long end = atOnce
                ? Math.max(now, subscription.startsAtMicros())
                : withoutChangesToCome(subscription, now).toMicros();
        Long ends = subscription.endsAtMicros();
        Long canceled = subscription.canceledAtMicros();
        return subscription.ending(
                ends == null ? end : Math.min(ends, end), canceled == null ? Long.valueOf(now) : canceled);
    }

    /**
     * Checks what an edit makes of a subscription.
     *
     * <p>Throws {@code RuleException}: {@code subscription_started} or {@code subscription_ended} for what can no longer
     * be edited, {@code invalid_value} for an end that is none.
     */
    static void check(Subscription before, Subscription after, long now) {
        boolean otherEnd = !Objects.equals(before.endsAtMicros(), after.endsAtMicros());
        SubscriptionStatus status = before.status(now);
        if (status != SubscriptionStatus.SCHEDULED && !sameBesides(before, after, now)) {
            throw broken(
                    "subscription_started",
                    "The subscription has started: only external_id, ends_at and close_after can be edited. Use /change for its products,"
                            + " interval and anchor, or cancel it and create another one.");
        }
        if (status == SubscriptionStatus.ENDED && otherEnd) {
            throw broken("subscription_ended", "The subscription has ended; create another one.");
        }
        if (status == SubscriptionStatus.ACTIVE
                && otherEnd
                && after.endsAtMicros() != null
                && after.endsAtMicros() <= now) {
            throw invalid("ends_at", "this must lie ahead; cancel the subscription to end it now");
        }
        if (status == SubscriptionStatus.SCHEDULED) {
            checkEnd(after);
        }
    }

    /** Throws {@code RuleException} {@code invalid_value} when it would end before it starts. */
    static void checkEnd(Subscription subscription) {
        if (subscription.endsAtMicros() != null && subscription.endsAtMicros() <= subscription.startsAtMicros()) {
            throw invalid("ends_at", "this must lie after starts_at");
        }
    }

    /** A checked edit. Another end takes a cancellation back, and the changes that would come after it. */
    static Subscription edit(Subscription before, Subscription wanted, long now) {
        boolean started = before.status(now) != SubscriptionStatus.SCHEDULED;
        Subscription edited = wanted.edited(before, started ? before.terms() : wanted.terms());
        boolean sameEnd = Objects.equals(before.endsAtMicros(), wanted.endsAtMicros());
        return sameEnd ? edited : edited.ending(wanted.endsAtMicros(), null);
    }

    private static boolean sameBesides(Subscription before, Subscription after, long now) {
        return before.customer() == after.customer()
                && before.currency().equals(after.currency())
                && before.zone().equals(after.zone())
                && before.startsAtMicros() == after.startsAtMicros()
                && before.rules().metering() == after.rules().metering()
                && before.rules().proratesFlatFees() == after.rules().proratesFlatFees()
                && before.termsAt(now).terms().equals(after.termsAt(now).terms());
    }

    private static Period running(Subscription subscription, long now) {
        return switch (subscription.status(now)) {
            case SCHEDULED ->
                throw broken("subscription_not_started", "The subscription has not started. Edit it with PUT.");
            case ENDED -> throw broken("subscription_ended", "The subscription has ended; create another one.");
            case ACTIVE -> withoutChangesToCome(subscription, now);
        };
    }

    private static Period withoutChangesToCome(Subscription subscription, long now) {
        List<Dated> past = subscription.terms().stream()
                .filter(dated -> dated.fromMicros() <= now)
                .toList();
        return subscription.withTerms(past).schedule().periodAt(now).orElseThrow();
    }

    private static RuleException broken(String code, String message) {
        return new RuleException(Kind.UNPROCESSABLE, code, message);
    }

    private static RuleException broken(String path, String code, String message) {
        return new RuleException(
                Kind.UNPROCESSABLE, code, path + ": " + message + ".", List.of(new Violation(path, code, message)));
    }

    private static RuleException invalid(String path, String message) {
        String code = "invalid_value";
        return new RuleException(
                Kind.INVALID, code, path + ": " + message + ".", List.of(new Violation(path, code, message)));
    }
}
