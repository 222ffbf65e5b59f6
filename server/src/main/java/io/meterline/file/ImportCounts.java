package io.meterline.file;

import io.meterline.store.EventWriter.Outcome;

/**
 * What an import did so far.
 *
 * @param read records of the file that were judged, in the pass that goes on or was the last
 * @param created records that were not there
 * @param corrected records whose version was replaced, also by an equal one
 * @param ignored events that lost against a later version
 * @param failed events that were refused
 */
public record ImportCounts(long read, long created, long corrected, long ignored, long failed, long customersCreated) {

    static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0, 0);

    ImportCounts plus(long moreRead, Outcome outcome, long moreFailed, long moreCustomers) {
        return new ImportCounts(
                read + moreRead,
                created + outcome.created(),
                corrected + outcome.corrected(),
                ignored + outcome.ignored(),
                failed + moreFailed,
                customersCreated + moreCustomers);
    }
}
