package io.meterline.store.duckdb;

import io.meterline.store.EventStore;
import io.meterline.store.EventStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;

/** The embedded engine passes the contract, with folds at random moments. */
final class DuckDbEventStoreTest extends EventStoreContract {

    @Override
    protected EventStore open(Path directory, InstantSource clock) {
        return DuckDbEventStore.open(directory, clock, DuckDbOptions.DEFAULT.withFoldRows(50));
    }

    @Override
    protected void settle(EventStore engine) {
        ((DuckDbEventStore) engine).fold();
    }
}
