package io.meterline.store.duckdb;

import io.meterline.store.DiskSpace;
import io.meterline.store.EventStore;
import io.meterline.store.log.SmallDisk;
import java.nio.file.Path;
import java.time.InstantSource;

/** The real store on a disk that a test can fill, for tests of those who write to it. */
public final class FullDiskStore {

    private FullDiskStore() {}

    /** Opens a store whose log lies on a small disk, and which looks at the room that a test tells. */
    public static EventStore open(
            Path folder, InstantSource clock, DiskSpace.Free free, long reserve, SmallDisk segments) {
        return DuckDbEventStore.open(
                folder,
                clock,
                DuckDbOptions.DEFAULT,
                new DiskSpace(free, reserve, clock),
                segments,
                Keeper.Patience.DEFAULT);
    }
}
