package io.meterline.store;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an event store promises, as worked examples. Every engine passes all of it.
 *
 * <p>An engine that works in the background runs it twice: once as it is, and once with {@link #settle} doing that work
 * after each write.
 */
public abstract class EventStoreContract
        implements VersionCases,
                PulledCases,
                FilterCases,
                NumberCases,
                QuotientCases,
                FormulaCases,
                WeightedSumCases,
                ExclusionCases,
                WindowCases,
                GroupCases,
                ListingCases,
                ScanCases,
                AmountCases,
                WhatIfCases,
                WhatIfVersionCases,
                RecordCases,
                CatalogueCases,
                DurabilityCases {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));

    private @TempDir @Nullable Path directory;
    private @Nullable EventStore store;

    /** Opens a store on the files in the directory, which is empty the first time. */
    protected abstract EventStore open(Path directory, InstantSource clock);

    /** Closes a store and opens it again. */
    protected EventStore reopen(EventStore closing, Path files, InstantSource time) {
        closing.close();
        return open(files, time);
    }

    /** Does what the engine otherwise does in the background. Called after each write. */
    protected void settle(EventStore engine) {}

    @BeforeEach
    void openStore() {
        store = open(directory(), clock);
    }

    @AfterEach
    void closeStore() {
        store().close();
    }

    @Override
    public final EventStore store() {
        if (store == null) {
            throw new IllegalStateException("not opened yet");
        }
        return store;
    }

    @Override
    public final SettableClock clock() {
        return clock;
    }

    @Override
    public final void restart() {
        store = reopen(store(), directory(), clock);
    }

    @Override
    public final void settle() {
        settle(store());
    }

    private Path directory() {
        if (directory == null) {
            throw new IllegalStateException("JUnit has set no directory");
        }
        return directory;
    }
}
