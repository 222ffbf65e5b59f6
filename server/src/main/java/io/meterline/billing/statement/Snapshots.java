package io.meterline.billing.statement;

import io.meterline.billing.line.PricedLine;
import io.meterline.control.ControlDatabase;
import java.util.List;
import java.util.Map;

/** What there was at the end of periods, of subscriptions that are metered by {@code all_time}. */
public final class Snapshots {

    private final ControlDatabase database;

    public Snapshots(ControlDatabase database) {
        this.database = database;
    }

    /**
     * The lines that were measured, by the number of the period; periods that were not are missing.
     *
     * @param first number of a period, from 1
     */
    public Map<Integer, List<PricedLine>> of(String subscriptionId, int first) {
        return database.read(handle -> StatementRows.snapshots(handle, subscriptionId, first));
    }
}
