package io.meterline.store.duckdb;

import io.meterline.event.Event;
import io.meterline.event.Source;
import io.meterline.store.key.KeyEntry;

/**
 * Decides between an event and the current version of its key (product rules, "Versions").
 *
 * <p>The greatest version wins; of equal ones the last received, which is the one that is asked about. A pulled row that
 * equals the current one changes nothing.
 */
final class Versions {

    private Versions() {}

    /** What becomes of an event. */
    enum Verdict {
        CREATED,
        CORRECTED,
        IGNORED,
        UNCHANGED,
        REPEATED;

        /** True when the event becomes the current version. */
        boolean wins() {
            return this == CREATED || this == CORRECTED || this == REPEATED;
        }
    }

    /**
     * The verdict on an event whose key has a current version.
     *
     * @param fingerprint of the event's content, 0 for events that are not pulled
     */
    static Verdict against(KeyEntry current, Event event, long fingerprint) {
        if (!event.replace() && event.version() < current.version) {
            return Verdict.IGNORED;
        }
        if (event.source() != Source.LOADER) {
            return Verdict.CORRECTED;
        }
        if (event.version() == current.version) {
            return Verdict.REPEATED;
        }
        return fingerprint == current.fingerprint ? Verdict.UNCHANGED : Verdict.CORRECTED;
    }
}
