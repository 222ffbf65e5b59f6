package io.meterline.file;

import io.meterline.event.Environment;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded file and what became of it.
 *
 * @param bytes size of the file, unpacked
 * @param validated true when every record was judged and none refused
 * @param position the first so many records are stored
 * @param percent how much of the work is done, 0 to 100
 * @param createdAtMicros µs since 1970, as the other times
 * @param error why it failed or what a cancelled one left; null for others
 */
public record Import(
        String id,
        Environment environment,
        ImportOptions options,
        long bytes,
        Status status,
        boolean validated,
        long position,
        ImportCounts counts,
        int percent,
        long createdAtMicros,
        @Nullable Long startedAtMicros,
        @Nullable Long finishedAtMicros,
        @Nullable Failure error) {

    /** Where an import is. */
    public enum Status {
        QUEUED,
        /** Its records are judged; nothing is stored yet. */
        VALIDATING,
        /** Its events are stored. */
        IMPORTING,
        SUCCEEDED,
        FAILED,
        /** Somebody stopped it. */
        CANCELLED
    }

    /** Why an import failed: a stable code and a sentence for a person. */
    public record Failure(String code, String message) {}

    Import live(Status now, ImportCounts current, int done) {
        return new Import(
                id,
                environment,
                options,
                bytes,
                now,
                validated,
                position,
                current,
                done,
                createdAtMicros,
                startedAtMicros,
                finishedAtMicros,
                error);
    }
}
