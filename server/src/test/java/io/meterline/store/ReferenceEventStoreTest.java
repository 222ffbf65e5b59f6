package io.meterline.store;

import java.nio.file.Path;
import java.time.InstantSource;

/** The reference keeps the contract itself, so that a mistake in it is not taken for the truth. */
final class ReferenceEventStoreTest extends EventStoreContract {

    @Override
    protected EventStore open(Path directory, InstantSource clock) {
        return new ReferenceEventStore(clock);
    }

    @Override
    protected EventStore reopen(EventStore closing, Path files, InstantSource time) {
        closing.close();
        return closing;
    }
}
