package io.meterline.file;

import io.meterline.control.ControlDatabase;
import io.meterline.ingest.Ingest;
import io.meterline.ingest.RejectedEvents;
import io.meterline.store.DiskSpace;
import java.time.InstantSource;

/** What every import works with. */
public record ImportTools(
        ControlDatabase database, Ingest ingest, RejectedEvents rejected, DiskSpace disk, InstantSource clock) {}
