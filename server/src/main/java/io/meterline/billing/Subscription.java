package io.meterline.billing;

import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer on products.
 *
 * @param customer the number of the customer that was named, before any merge
 * @param endsAtMicros not part of the last period; null for a subscription that goes on
 * @param canceledAtMicros when somebody canceled it, whenever it ends
 * @param terms every terms that it has, had, or will have, in the order of time; the first from its start
 * @param rules how its statements come about
 * @param revision raised by every write
 */
public record Subscription(
        String id,
        long customer,
        @Nullable String externalId,
        Currency currency,
        ZoneId zone,
        long startsAtMicros,
        @Nullable Long endsAtMicros,
        @Nullable Long canceledAtMicros,
        List<Dated> terms,
        StatementRules rules,
        long revision,
        long createdAtMicros,
        long updatedAtMicros) {

    public Subscription {
        terms = List.copyOf(terms);
    }

    /** Terms and when they come into force. */
    public record Dated(long fromMicros, SubscriptionTerms terms) {}

    public SubscriptionStatus status(long nowMicros) {
        if (endsAtMicros != null && (endsAtMicros <= nowMicros || endsAtMicros <= startsAtMicros)) {
            return SubscriptionStatus.ENDED;
        }
        return startsAtMicros > nowMicros ? SubscriptionStatus.SCHEDULED : SubscriptionStatus.ACTIVE;
    }

    /** The terms in force; before the start those from the start on, after the end the last. */
    public Dated termsAt(long nowMicros) {
        Dated found = terms.getFirst();
        for (Dated dated : terms) {
            found = dated.fromMicros() <= nowMicros ? dated : found;
        }
        return found;
    }

    /** The change that is to come. */
    public Optional<Dated> nextChange(long nowMicros) {
        return terms.stream()
                .skip(1)
                .filter(dated -> dated.fromMicros() > nowMicros)
                .findFirst();
    }

    /** The time that the periods of some terms are counted from. */
    public long anchor(SubscriptionTerms of) {
        return of.anchorMicros() == null ? startsAtMicros : of.anchorMicros();
    }

    /** Its periods. */
    public Schedule schedule() {
        List<Schedule.Part> parts = terms.stream()
                .map(dated -> new Schedule.Part(
                        dated.fromMicros(), new BillingCalendar(dated.terms().interval(), anchor(dated.terms()), zone)))
                .toList();
        return new Schedule(parts, endsAtMicros == null ? Long.MAX_VALUE : endsAtMicros);
    }

    Subscription withTerms(List<Dated> changed) {
        return with(customer, endsAtMicros, canceledAtMicros, changed, updatedAtMicros);
    }

    /** With another end, without the changes that would come after it. */
    Subscription ending(@Nullable Long endsAt, @Nullable Long canceledAt) {
        List<Dated> kept = terms.stream()
                .filter(dated -> dated.equals(terms.getFirst()) || endsAt == null || dated.fromMicros() < endsAt)
                .toList();
        return with(customer, endsAt, canceledAt, kept, updatedAtMicros);
    }

    Subscription ofCustomer(long number) {
        return with(number, endsAtMicros, canceledAtMicros, terms, updatedAtMicros);
    }

    /** In place of another one that is the same subscription; still with its end. */
    Subscription edited(Subscription before, List<Dated> kept) {
        return new Subscription(
                id,
                customer,
                externalId,
                currency,
                zone,
                startsAtMicros,
                before.endsAtMicros,
                before.canceledAtMicros,
                kept,
                rules,
                before.revision,
                before.createdAtMicros,
                before.updatedAtMicros);
    }

    /** Without the company's own id of it, which may say who the customer is. */
    Subscription nameless() {
        return new Subscription(
                id,
                customer,
                null,
                currency,
                zone,
                startsAtMicros,
                endsAtMicros,
                canceledAtMicros,
                terms,
                rules,
                revision,
                createdAtMicros,
                updatedAtMicros);
    }

    Subscription updatedAt(long micros) {
        return with(customer, endsAtMicros, canceledAtMicros, terms, micros);
    }

    private Subscription with(
            long ofCustomer, @Nullable Long endsAt, @Nullable Long canceledAt, List<Dated> withTerms, long updatedAt) {
        return new Subscription(
                id,
                ofCustomer,
                externalId,
                currency,
                zone,
                startsAtMicros,
                endsAt,
                canceledAt,
                withTerms,
                rules,
                revision,
                createdAtMicros,
                updatedAt);
    }
}
