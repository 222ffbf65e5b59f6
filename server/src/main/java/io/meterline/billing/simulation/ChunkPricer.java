package io.meterline.billing.simulation;

import io.meterline.billing.simulation.PricedSubject.PricedPeriod;
import io.meterline.billing.simulation.ScenarioLines.Line;
import io.meterline.price.Charge;
import io.meterline.price.Currencies;
import io.meterline.price.Price;
import io.meterline.price.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies every scenario to the usage of a chunk, as statement lines would: each line of each period is rounded once, and the
 * rounded amounts are added.
 */
final class ChunkPricer {

    private final MeteredChunk chunk;
    private final Currency currency;
    private final BigDecimal nothing;
    private final Tally tally;

    // Most customers are priced by the same scenarios over the same periods.
    private @Nullable Subject lastBound;
    private List<List<BoundLine>> lastLines = List.of();

    /** A line and the usage that it is about; no usage for a flat fee. */
    private record BoundLine(
            @Nullable Shape shape,
            @Nullable ShapeUsage usage,
            @Nullable Price price) {}

    /** Of a chunk; who is left out and what could not be counted is noted in the tally. */
    ChunkPricer(MeteredChunk chunk, Currency currency, Tally tally) {
        this.chunk = chunk;
        this.currency = currency;
        this.nothing = BigDecimal.ZERO.setScale(Currencies.decimals(currency));
        this.tally = tally;
    }

    /** Hands over everybody who is simulated. */
    void price(Consumer<PricedSubject> sink) {
        SubjectFinder.Found found = chunk.found();
        found.skipped().forEach(tally::skip);
        chunk.usage().keySet().stream()
                .flatMap(frame -> chunk.discovery(frame).stream())
                .forEach(shape -> tally.exclude(shape.excluded()));
        Set<Long> done = new HashSet<>();
        for (Subject subject : found.subjects()) {
            done.add(subject.customer());
            price(subject, subject.subscription() == null, sink);
        }
        for (Long customer : new TreeSet<>(chunk.users())) {
            Skipped why = found.skippedIfUsed().get(customer);
            Subject subject = done.contains(customer) ? null : found.ifUsed().get(customer);
            if (why == null && subject == null && !done.contains(customer)) {
                why = found.others().skipped();
                subject = new Subject(
                        customer, null, chunk.months(), found.others().scenarios());
            }
            if (why != null) {
                tally.skip(why, 1);
            } else if (subject != null) {
                price(subject, true, sink);
            }
        }
    }

    private void price(Subject subject, boolean fromFirstUsage, Consumer<PricedSubject> sink) {
        int first = fromFirstUsage ? firstUsage(subject) : 0;
        int count = subject.frame().periods().size();
        if (first == count) {
            return;
        }
        List<List<BoundLine>> scenarios = bound(subject);
        List<PricedPeriod> periods = new ArrayList<>(count - first);
        for (int period = first; period < count; period++) {
            periods.add(priced(subject, period, scenarios));
        }
        sink.accept(new PricedSubject(subject.customer(), subject.subscription(), periods));
    }

    private int firstUsage(Subject subject) {
        List<ShapeUsage> all = chunk.discovery(subject.frame());
        int count = subject.frame().periods().size();
        for (int period = 0; period < count; period++) {
            for (ShapeUsage usage : all) {
                if (usage.of(subject.customer(), period).events() > 0) {
                    return period;
                }
            }
        }
        return count;
    }

    private PricedPeriod priced(Subject subject, int period, List<List<BoundLine>> scenarios) {
        BigDecimal[] amounts = new BigDecimal[scenarios.size()];
        Long[] unpriced = new Long[scenarios.size()];
        BigDecimal quantity = BigDecimal.ZERO;
        long events = 0;
        for (int i = 0; i < amounts.length; i++) {
            BigDecimal amount = nothing;
            long without = 0;
            for (BoundLine line : scenarios.get(i)) {
                Part known = known(subject, period, line);
                Part part = known != null || line.usage() == null
                        ? known
                        : line.usage().of(subject.customer(), period);
                if (line.price() != null) {
                    amount = amount.add(
                            known == null
                                    ? amount(line.usage(), line.price(), subject.customer(), period)
                                    : amount(known, line.price()));
                } else if (part != null) {
                    without += part.events();
                }
                if (i == 0 && part != null) {
                    quantity = quantity.add(part.quantity());
                    events += part.events();
                }
            }
            amounts[i] = amount;
            unpriced[i] = without;
        }
        return new PricedPeriod(
                subject.frame().periods().get(period),
                quantity,
                events,
                Arrays.asList(amounts),
                Arrays.asList(unpriced));
    }

    /** What was measured of a line at the end of the period; null where usage is looked at now. */
    private @Nullable Part known(Subject subject, int period, BoundLine line) {
        if (!subject.frame().allTime() || line.shape() == null) {
            return null;
        }
        Part known = subject.measured().getOrDefault(period, Map.of()).get(line.shape());
        if (known == null) {
            tally.approximate();
        }
        return known;
    }

    private BigDecimal amount(Part known, Price price) {
        return Charge.rounded(price.exactAmount(Usage.of(known.quantity())), currency);
    }

    private BigDecimal amount(@Nullable ShapeUsage usage, Price price, long customer, int period) {
        BigDecimal exact = usage == null
                ? price.exactAmount(Usage.of(BigDecimal.ONE))
                : usage.exactAmount(customer, period, price);
        return Charge.rounded(exact, currency);
    }

    private List<List<BoundLine>> bound(Subject subject) {
        Subject last = lastBound;
        if (last == null
                || !last.scenarios().equals(subject.scenarios())
                || !last.frame().equals(subject.frame())) {
            lastLines = subject.scenarios().stream()
                    .map(scenario -> scenario.lines().stream()
                            .map(line -> bound(subject.frame(), line))
                            .toList())
                    .toList();
            lastBound = subject;
        }
        return lastLines;
    }

    private BoundLine bound(Frame frame, Line line) {
        return new BoundLine(
                line.shape(), line.shape() == null ? null : chunk.usage(frame, line.shape()), line.price());
    }
}
