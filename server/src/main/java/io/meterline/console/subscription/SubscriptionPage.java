package io.meterline.console.subscription;

import io.meterline.console.Pager;
import io.meterline.console.Refused;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of a subscription.
 *
 * @param change the change that is to come, null for none
 * @param history what held when, the last first
 * @param refused why something was not done
 */
public record SubscriptionPage(
        Subscription subscription,
        String customer,
        String customerPath,
        List<ProductRow> products,
        List<StatementRow> statements,
        @Nullable Pager pager,
        @Nullable ChangeRow change,
        List<ChangeRow> history,
        Refused refused,
        String path,
        String curl) {

    /** A product and what it costs here. */
    public record ProductRow(String id, String name, List<String> prices, boolean own) {}

    /** A statement in the list. */
    public record StatementRow(
            String id,
            int number,
            boolean closed,
            String period,
            BigDecimal total,
            boolean running,
            boolean adjusted) {}

    /**
     * What held from a time on.
     *
     * @param differences to what held before, in words; empty for the first
     */
    public record ChangeRow(
            String from,
            Instant effectiveAt,
            boolean toCome,
            String interval,
            String products,
            List<String> differences) {}

    /** When its statements close. */
    public String closes() {
        return RuleWords.closes(subscription.closeAfter());
    }

    /** What a period counts. */
    public String metering() {
        return RuleWords.metering(subscription.metering());
    }

    /** Whether its periods are counted from another time than its start. */
    public boolean hasAnchor() {
        return !subscription.anchor().equals(subscription.startsAt());
    }
}
