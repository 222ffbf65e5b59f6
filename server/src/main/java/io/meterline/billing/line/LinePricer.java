package io.meterline.billing.line;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.Period;
import io.meterline.event.RuleException;
import io.meterline.price.Charge;
import io.meterline.price.Usage;
import io.meterline.store.EventReader;
import io.meterline.store.Measure;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Measures and prices lines. Every figure includes what was durable before the call. */
public final class LinePricer {

    private static final int MOST_PERIODS = 366;
    private static final int MOST_SPLIT_PERIODS = 24;

    private final EventReader events;

    public LinePricer(EventReader events) {
        this.events = events;
    }

    /**
     * A line over a period.
     *
     * @param customers numbers of the customers whose events count
     * @param zone whose calendar cuts windows
     * @param period without a beginning for everything that there is at its end
     * @param whatIf events that are taken for just pushed, though they are stored nowhere
     */
    public record Task(
            LineTerms terms, Set<Long> customers, ZoneId zone, Currency currency, Period period, List<Event> whatIf) {

        /** A line over what is stored. */
        public Task(LineTerms terms, Set<Long> customers, ZoneId zone, Currency currency, Period period) {
            this(terms, customers, zone, currency, period, List.of());
        }

        /** The same line if these events had just been pushed. */
        public Task with(List<Event> events) {
            return new Task(terms, customers, zone, currency, period, events);
        }

        /** What makes tasks one question to the store, apart from their periods. */
        private Task ofAnyPeriod() {
            return new Task(terms.ofWholePeriod(), customers, zone, currency, Period.ALWAYS, whatIf);
        }

        /** Whether a window of a longer period is the same as that period alone: not where a level goes on. */
        private boolean canBeWindow() {
            return period.hasBeginning()
                    && terms.usage() != null
                    && !(terms.usage().definition().measure() instanceof Measure.WeightedSum);
        }

        private Charge charge(Metered metered) {
            return metered.charge(terms.thePrice(), currency);
        }
    }

    /**
     * A line with all that is to be known of it.
     *
     * <p>Throws {@code RuleException} where the price or the aggregator became one that cannot be used here: {@code
     * operation_needs_period}, {@code windows_need_period}, {@code too_many_windows}, {@code too_many_groups}, {@code
     * aggregator_has_no_event_amounts}.
     */
    public PricedLine price(Environment environment, Task task) {
        LineTerms terms = task.terms();
        boolean isPriced = terms.price() != null;
        if (terms.usage() == null) {
            // There is no usage, and so no zero usage either.
            Charge flat = isPriced ? terms.thePrice().charge(Usage.of(BigDecimal.ONE), task.currency()) : null;
            return new PricedLine(terms, null, 0, Map.of(), flat);
        }
        LineMeter meter = new LineMeter(events, environment, task);
        Metered metered = meter.of(List.of(task.period())).getFirst();
        return new PricedLine(
                terms, metered.quantity(), metered.events(), meter.excluded(), isPriced ? task.charge(metered) : null);
    }

    /**
     * The rounded amounts of lines, in their order. Lines that differ in their period alone are one question to the store
     * where the periods adjoin.
     */
    public List<BigDecimal> amounts(Environment environment, List<Task> tasks) {
        Map<Task, BigDecimal> amounts = new LinkedHashMap<>();
        Map<Task, List<Task>> alike = new LinkedHashMap<>();
        for (Task task : tasks) {
            if (task.terms().price() != null && task.canBeWindow()) {
                alike.computeIfAbsent(task.ofAnyPeriod(), _ -> new ArrayList<>())
                        .add(task);
            } else {
                amounts.put(
                        task,
                        task.terms().price() == null
                                ? BigDecimal.ZERO
                                : price(environment, task).amount());
            }
        }
        for (List<Task> group : alike.values()) {
            for (List<Task> run : adjoining(group)) {
                List<Metered> metered = metered(environment, run);
                for (int i = 0; i < run.size(); i++) {
                    amounts.put(run.get(i), run.get(i).charge(metered.get(i)).amount());
                }
            }
        }
        return tasks.stream()
                .map(task -> Objects.requireNonNull(amounts.get(task)))
                .toList();
    }

    /** The usage of adjoining periods; in several questions where all groups of all of them are too many for one. */
    private List<Metered> metered(Environment environment, List<Task> run) {
        LineMeter meter = new LineMeter(events, environment, run.getFirst());
        try {
            return meter.of(run.stream().map(Task::period).toList());
        } catch (RuleException e) {
            if (run.size() == 1 || !e.code().equals("too_many_groups")) {
                throw e;
            }
            return run.stream()
                    .map(task -> meter.of(List.of(task.period())).getFirst())
                    .toList();
        }
    }

    /** Tasks in rising order of their periods, in runs in which each begins where the one before ends. */
    private static List<List<Task>> adjoining(List<Task> tasks) {
        List<List<Task>> runs = new ArrayList<>();
        for (Task task : tasks) {
            List<Task> last = runs.isEmpty() ? List.of() : runs.getLast();
            if (last.isEmpty()
                    || last.size() == mostPeriods(task)
                    || last.getLast().period().toMicros() != task.period().fromMicros()) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(task);
        }
        return runs;
    }

    /** More are asked for in several questions, so that none has windows without end. */
    private static int mostPeriods(Task task) {
        return task.terms().split().window() == null ? MOST_PERIODS : MOST_SPLIT_PERIODS;
    }
}
