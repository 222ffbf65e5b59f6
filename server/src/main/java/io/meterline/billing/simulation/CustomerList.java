package io.meterline.billing.simulation;

import io.meterline.billing.simulation.CustomerQuery.Change;
import io.meterline.billing.simulation.CustomerQuery.Place;
import io.meterline.billing.simulation.ResultReader.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a page of a result in one pass over its file. It keeps as many rows as the page needs, so neither sorting nor an
 * index takes anything while a simulation runs.
 */
final class CustomerList {

    private final CustomerQuery query;
    private final int candidate;
    private final @Nullable Set<Long> customers;
    private final Comparator<Row> order;

    /**
     * A list.
     *
     * @param candidate its number, from 0
     * @param customers their numbers; null for all
     */
    CustomerList(CustomerQuery query, int candidate, @Nullable Set<Long> customers) {
        this.query = query;
        this.candidate = candidate;
        this.customers = customers;
        Comparator<Row> byDifference = Comparator.comparing(row -> row.difference(candidate));
        this.order = (query.ascending() ? byDifference : byDifference.reversed()).thenComparingLong(Row::number);
    }

    /**
     * A page.
     *
     * @param total how many there are, whatever the page
     * @param next where it goes on; null at the end
     */
    record Found(List<Row> rows, long total, @Nullable Place next) {}

    Found read(ResultReader reader) throws IOException {
        int most = query.skip() + query.take() + 1;
        PriorityQueue<Row> first = new PriorityQueue<>(order.reversed());
        long total = 0;
        for (Row row = reader.next(); row != null; row = reader.next()) {
            if (!matches(row)) {
                continue;
            }
            total++;
            if (isAfter(row) && (first.size() < most || order.compare(row, first.element()) < 0)) {
                first.add(row);
                if (first.size() > most) {
                    first.remove();
                }
            }
        }
        List<Row> rows = new ArrayList<>(first);
        rows.sort(order);
        boolean more = rows.size() == most;
        List<Row> page = rows.subList(Math.min(query.skip(), rows.size()), more ? most - 1 : rows.size());
        return new Found(List.copyOf(page), total, more ? place(page.getLast()) : null);
    }

    private boolean matches(Row row) {
        return (customers == null || customers.contains(row.customer()))
                && (query.change() == null || query.change() == Change.of(row.difference(candidate)));
    }

    private boolean isAfter(Row row) {
        Place after = query.after();
        if (after == null) {
            return true;
        }
        int difference = row.difference(candidate).compareTo(after.difference());
        int place = query.ascending() ? difference : -difference;
        return place > 0 || (place == 0 && row.number() > after.number());
    }

    private Place place(Row row) {
        return new Place(row.difference(candidate), row.number());
    }
}
