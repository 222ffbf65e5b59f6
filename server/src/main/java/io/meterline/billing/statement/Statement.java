package io.meterline.billing.statement;

import io.meterline.billing.line.PricedLine;
import io.meterline.event.Period;
import io.meterline.price.Currencies;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One period of one subscription.
 *
 * @param number within the subscription, from 1
 * @param customer number of the customer that the subscription names
 * @param period empty for one that only adjusts others, after the last period
 * @param customers numbers of the customers whose events count
 * @param lines one for each price, and for each product one for the events that no price takes, often none
 * @param measuredAtMicros when what there was at the end was counted; null for usage of a period
 * @param closedAtMicros null while it is open
 * @param isSealed whether it is no longer adjusted, since the customer was erased
 */
public record Statement(
        String subscriptionId,
        long customer,
        int number,
        Period period,
        Currency currency,
        ZoneId zone,
        Set<Long> customers,
        List<PricedLine> lines,
        List<Adjustment> adjustments,
        @Nullable Long measuredAtMicros,
        @Nullable Long closedAtMicros,
        boolean isSealed) {

    public Statement {
        customers = Set.copyOf(customers);
        lines = List.copyOf(lines);
        adjustments = List.copyOf(adjustments);
    }

    /** {@code sta_…} */
    public String id() {
        return new StatementId(subscriptionId, number).text();
    }

    /** The id of the closed statement that an adjustment is about. */
    public String idOf(Adjustment adjustment) {
        return new StatementId(subscriptionId, adjustment.number()).text();
    }

    public boolean isClosed() {
        return closedAtMicros != null;
    }

    /** All lines and adjustments, each in the minor unit of the currency. */
    public BigDecimal total() {
        return Stream.concat(
                        lines.stream().map(PricedLine::amount),
                        adjustments.stream().map(Adjustment::amount))
                .reduce(BigDecimal.ZERO.setScale(Currencies.decimals(currency)), BigDecimal::add);
    }

    /** An open one. */
    static Statement open(
            Account account, int number, Period period, List<PricedLine> lines, @Nullable Long measuredAtMicros) {
        return new Statement(
                account.subscription().id(),
                account.subscription().customer(),
                number,
                period,
                account.subscription().currency(),
                account.subscription().zone(),
                account.customers(),
                lines,
                List.of(),
                measuredAtMicros,
                null,
                false);
    }

    Statement adjusting(List<Adjustment> others) {
        return with(customers, others, closedAtMicros);
    }

    Statement ofCustomers(Set<Long> numbers) {
        return with(numbers, adjustments, closedAtMicros);
    }

    Statement closed(long atMicros) {
        return with(customers, adjustments, atMicros);
    }

    private Statement with(Set<Long> numbers, List<Adjustment> others, @Nullable Long closedAt) {
        return new Statement(
                subscriptionId,
                customer,
                number,
                period,
                currency,
                zone,
                numbers,
                lines,
                others,
                measuredAtMicros,
                closedAt,
                isSealed);
    }
}
