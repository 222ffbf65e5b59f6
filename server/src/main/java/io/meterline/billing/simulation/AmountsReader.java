package io.meterline.billing.simulation;

import io.meterline.billing.simulation.ResultReader.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the amounts of each customer and period of a result, piece by piece. */
public final class AmountsReader implements AutoCloseable {

    private static final int AT_ONCE = 1_000;

    private final Simulation simulation;
    private final ResultReader reader;
    private final Names names;

    AmountsReader(Simulation simulation, ResultReader reader, Names names) {
        this.simulation = simulation;
        this.reader = reader;
        this.names = names;
    }

    /** Whose amounts these are. */
    public Simulation simulation() {
        return simulation;
    }

    /** The next customers; empty behind the last. */
    public List<CustomerAmounts> next() throws IOException {
        List<Names.Found> rows = new ArrayList<>();
        while (rows.size() < AT_ONCE) {
            Row row = reader.next();
            if (row == null) {
                break;
            }
            rows.add(new Names.Found(row, reader.periods(row)));
        }
        return names.of(rows);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
