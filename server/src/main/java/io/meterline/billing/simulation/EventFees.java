package io.meterline.billing.simulation;

import io.meterline.price.Price;
import io.meterline.price.RunningPrice;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What customers pay by prices that look at each event. It takes the events of one customer, group and window after the
 * other, in the order of time, and keeps an exact amount for each price and period.
 */
final class EventFees {

    private final Map<Long, List<Price>> prices;
    private final int[] starts;
    private final boolean grouped;
    private final int[] usedByGroup;
    private final Map<Long, Fees> fees = new HashMap<>();
    private final Map<Price, BigDecimal> ofNothing = new HashMap<>();

    private @Nullable List<@Nullable String> key;
    private int window;
    private List<RunningPrice> running = List.of();

    /**
     * Nothing so far.
     *
     * @param prices of each customer, all that look at these events
     * @param starts for each period the number of its first window, and behind them the number of all windows
     * @param grouped whether usage is split by properties: then a window without usage costs something only where its group
     *     has usage in the period
     */
    EventFees(Map<Long, List<Price>> prices, List<Integer> starts, boolean grouped) {
        this.prices = prices;
        this.starts = starts.stream().mapToInt(Integer::intValue).toArray();
        this.grouped = grouped;
        this.usedByGroup = new int[starts.size() - 1];
    }

    /** What one customer pays so far. */
    private static final class Fees {
        private final List<Price> prices;
        private final BigDecimal[][] amounts;
        private final int[] windowsWithUsage;

        Fees(List<Price> prices, int periods) {
            this.prices = prices;
            this.amounts = new BigDecimal[prices.size()][periods];
            this.windowsWithUsage = new int[periods];
            for (BigDecimal[] ofPrice : amounts) {
                Arrays.fill(ofPrice, BigDecimal.ZERO);
            }
        }
    }

    /** The next event; the first of the keys is the number of its customer. */
    void add(List<@Nullable String> keys, int inWindow, BigDecimal amount) {
        boolean sameGroup = keys.equals(key);
        if (inWindow != window || !sameGroup) {
            endPart();
            if (!sameGroup) {
                endGroup();
            }
            key = keys;
            window = inWindow;
            running = prices.getOrDefault(customer(keys), List.of()).stream()
                    .map(Price::running)
                    .toList();
        }
        running.forEach(price -> price.add(amount));
    }

    /** After the last event. */
    void end() {
        endPart();
        endGroup();
    }

    private void endPart() {
        if (key == null || running.isEmpty()) {
            return;
        }
        Fees of = fees(customer(key));
        int period = period(window);
        of.windowsWithUsage[period]++;
        usedByGroup[period]++;
        for (int i = 0; i < running.size(); i++) {
            BigDecimal amount = running.get(i).breakdown().total();
            of.amounts[i][period] = of.amounts[i][period].add(amount);
        }
        running = List.of();
    }

    /** The windows without usage of the periods in which a group has some. */
    private void endGroup() {
        for (int period = 0; grouped && key != null && period < usedByGroup.length; period++) {
            if (usedByGroup[period] > 0) {
                Fees of = fees(customer(key));
                int without = starts[period + 1] - starts[period] - usedByGroup[period];
                for (int i = 0; i < of.prices.size(); i++) {
                    of.amounts[i][period] = of.amounts[i][period].add(ofNothing(of.prices.get(i), without));
                }
            }
        }
        Arrays.fill(usedByGroup, 0);
    }

    private Fees fees(long customer) {
        return fees.computeIfAbsent(
                customer, _ -> new Fees(prices.getOrDefault(customer, List.of()), starts.length - 1));
    }

    /** What a customer pays for a period by one of its prices. */
    BigDecimal of(long customer, int period, Price price) {
        Fees of = fees.get(customer);
        BigDecimal amount = of == null ? BigDecimal.ZERO : of.amounts[of.prices.indexOf(price)][period];
        int windows = starts[period + 1] - starts[period];
        int without = grouped ? 0 : windows - (of == null ? 0 : of.windowsWithUsage[period]);
        return amount.add(ofNothing(price, without));
    }

    private BigDecimal ofNothing(Price price, int windows) {
        if (windows == 0) {
            return BigDecimal.ZERO;
        }
        return ofNothing
                .computeIfAbsent(price, one -> one.running().breakdown().total())
                .multiply(BigDecimal.valueOf(windows));
    }

    private int period(int ofWindow) {
        int found = Arrays.binarySearch(starts, ofWindow);
        return found >= 0 ? found : -found - 2;
    }

    private static long customer(List<@Nullable String> keys) {
        return Long.parseLong(Objects.requireNonNull(keys.getFirst()));
    }
}
