package io.meterline.store.duckdb;

import io.meterline.store.EventStore;
import io.meterline.store.StreamedCorrections;
import java.nio.file.Path;
import java.time.InstantSource;

/** The embedded engine shows the figure of a moment, also while it folds. */
final class DuckDbStreamedCorrectionsTest extends StreamedCorrections {

    @Override
    protected EventStore open(Path files, InstantSource clock, int events) {
        int fold = Math.min(DuckDbOptions.DEFAULT.foldRows(), events / 6);
        return DuckDbEventStore.open(files, clock, DuckDbOptions.DEFAULT.withFoldRows(fold));
    }
}
