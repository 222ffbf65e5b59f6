package io.meterline.store.duckdb;

import io.meterline.store.EventStore;
import io.meterline.store.RandomOperationsProperty;
import java.nio.file.Path;
import java.time.InstantSource;

/** The embedded engine answers as the reference does, whatever happens to it and whenever it folds. */
final class DuckDbRandomOperationsTest extends RandomOperationsProperty {

    @Override
    protected EventStore open(Path files, InstantSource clock) {
        return DuckDbEventStore.open(
                files, clock, DuckDbOptions.DEFAULT.withFoldRows(50).withThreads(1));
    }

    /** A history takes seconds, most of it in the plans of its questions. */
    @Override
    protected int histories() {
        return 4;
    }

    @Override
    protected void settle(EventStore engine) {
        ((DuckDbEventStore) engine).fold();
    }
}
