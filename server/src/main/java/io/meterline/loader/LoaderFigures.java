package io.meterline.loader;

/**
 * What the operator sees of all loaders, at a moment. Counts are since the start of the process.
 *
 * @param succeeded runs that ended so
 * @param failed runs that ended so; each attempt counts
 * @param cancelled runs that ended so
 * @param runNanos time of the runs that ended, ns
 * @param rowsRead rows of the runs that ended
 * @param rowsSetAside bad rows of the runs that ended
 * @param running runs that go on
 * @param waiting runs that wait for their turn at a connection
 * @param failing loaders whose last runs failed and are not tried again before their time
 * @param behindMicros how long the run that waits longest has been due, µs; not counting the time before the start
 */
public record LoaderFigures(
        long succeeded,
        long failed,
        long cancelled,
        long runNanos,
        long rowsRead,
        long rowsSetAside,
        int running,
        int waiting,
        int failing,
        long behindMicros) {}
