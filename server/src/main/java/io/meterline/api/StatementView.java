package io.meterline.api;

import io.meterline.billing.PriceText;
import io.meterline.billing.line.LineTerms;
import io.meterline.billing.line.MeasuredUsage;
import io.meterline.billing.line.PricedLine;
import io.meterline.billing.statement.Adjustment;
import io.meterline.billing.statement.Statement;
import io.meterline.event.Decimals;
import io.meterline.event.Period;
import io.meterline.event.Timestamps;
import io.meterline.meter.FilterText;
import io.meterline.meter.UsageAnswer.Excluded;
import io.meterline.price.Charge;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A statement as it goes out.
 *
 * @param customerId the customer that its events count for now
 * @param lines those that no price takes only where there are such events
 */
record StatementView(
        String id,
        String subscriptionId,
        String customerId,
        @Nullable String externalCustomerId,
        int number,
        Status status,
        Span period,
        String currency,
        String timeZone,
        List<LineView> lines,
        List<AdjustmentView> adjustments,
        BigDecimal total,
        @Nullable Instant measuredAt,
        @Nullable Instant closedAt) {

    /** Whether it still follows the usage. */
    enum Status {
        OPEN,
        CLOSED
    }

    /** A period, half-open. */
    record Span(Instant from, Instant to) {
        static Span of(Period period) {
            return new Span(Timestamps.instant(period.fromMicros()), Timestamps.instant(period.toMicros()));
        }
    }

    /**
     * A line.
     *
     * @param line its number, for {@code /explain}
     * @param proratedBy the fraction of a flat fee that a period costs which is cut short; null for all of it
     * @param unpriced whether no price takes these events; then there is no amount
     */
    record LineView(
            int line,
            String productId,
            int productVersion,
            String productName,
            @Nullable String aggregatorId,
            @Nullable Integer aggregatorVersion,
            @Nullable String unitName,
            @Nullable JsonNode filter,
            @Nullable JsonNode price,
            @Nullable BigDecimal proratedBy,
            @Nullable BigDecimal quantity,
            long events,
            List<Excluded> excluded,
            boolean unpriced,
            @Nullable BigDecimal exactAmount,
            BigDecimal amount,
            List<PreviewView.LineView> breakdown) {

        private static LineView of(int number, PricedLine line) {
            LineTerms terms = line.terms();
            MeasuredUsage usage = terms.usage();
            Charge charge = line.charge();
            return new LineView(
                    number,
                    terms.productId(),
                    terms.productVersion(),
                    terms.productName(),
                    usage == null ? null : usage.aggregatorId(),
                    usage == null ? null : usage.aggregatorVersion(),
                    usage == null ? null : usage.definition().unitName(),
                    usage == null ? null : FilterText.write(usage.priceFilter()),
                    terms.price() == null ? null : PriceText.write(terms.price()),
                    terms.proratedBy(),
                    line.quantity() == null ? null : Decimals.canonical(line.quantity()),
                    line.events(),
                    line.excluded().entrySet().stream()
                            .map(entry -> new Excluded(entry.getKey(), entry.getValue()))
                            .sorted(Comparator.comparing(Excluded::reason))
                            .toList(),
                    charge == null,
                    charge == null ? null : charge.exactAmount(),
                    line.amount(),
                    charge == null
                            ? List.of()
                            : charge.breakdown().stream()
                                    .map(PreviewView.LineView::of)
                                    .toList());
        }
    }

    /**
     * What a closed statement is adjusted by.
     *
     * @param adjustment its number, for {@code /explain}
     * @param billed for the product and period so far
     * @param due what its usage costs today
     */
    record AdjustmentView(
            int adjustment,
            String statementId,
            Span period,
            String productId,
            String productName,
            BigDecimal billed,
            BigDecimal due,
            BigDecimal amount) {

        private static AdjustmentView of(int number, Adjustment adjustment, Statement statement) {
            return new AdjustmentView(
                    number,
                    statement.idOf(adjustment),
                    Span.of(adjustment.period()),
                    adjustment.productId(),
                    adjustment.productName(),
                    adjustment.before(),
                    adjustment.now(),
                    adjustment.amount());
        }
    }

    static StatementView of(Statement statement, String customerId, @Nullable String externalCustomerId) {
        List<LineView> lines = new ArrayList<>();
        for (int i = 0; i < statement.lines().size(); i++) {
            PricedLine line = statement.lines().get(i);
            if (line.charge() != null || line.isUnpriced() || line.terms().usage() == null) {
                lines.add(LineView.of(i + 1, line));
            }
        }
        return new StatementView(
                statement.id(),
                statement.subscriptionId(),
                customerId,
                externalCustomerId,
                statement.number(),
                statement.isClosed() ? Status.CLOSED : Status.OPEN,
                Span.of(statement.period()),
                statement.currency().getCurrencyCode(),
                statement.zone().getId(),
                lines,
                IntStream.range(0, statement.adjustments().size())
                        .mapToObj(i ->
                                AdjustmentView.of(i + 1, statement.adjustments().get(i), statement))
                        .toList(),
                statement.total(),
                instant(statement.measuredAtMicros()),
                instant(statement.closedAtMicros()));
    }

    private static @Nullable Instant instant(@Nullable Long micros) {
        return micros == null ? null : Timestamps.instant(micros);
    }
}
