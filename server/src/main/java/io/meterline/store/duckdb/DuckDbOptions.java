package io.meterline.store.duckdb;

/**
 * Sizes of the embedded store.
 *
 * @param memoryMiB what DuckDB may use before it spills to disk, MiB
 * @param threads how many threads DuckDB may use
 * @param readers how many reads run at once; more wait
 * @param queuedEvents most events that wait to be made durable; more are refused with {@link
 *     io.meterline.store.OverloadedException}
 * @param unappliedEvents most durable events that wait to be applied; more make writers wait. A read waits for those
 *     before it, so this bounds how long
 * @param foldRows how many recent rows are folded into the main tables together
 */
public record DuckDbOptions(
        int memoryMiB, int threads, int readers, int queuedEvents, int unappliedEvents, int foldRows) {

    public static final DuckDbOptions DEFAULT = new DuckDbOptions(
            600, Math.max(2, Runtime.getRuntime().availableProcessors()), 4, 100_000, 20_000, 500_000);

    public DuckDbOptions {
        requirePositive(memoryMiB, "memoryMiB");
        requirePositive(threads, "threads");
        requirePositive(readers, "readers");
        requirePositive(queuedEvents, "queuedEvents");
        requirePositive(unappliedEvents, "unappliedEvents");
        requirePositive(foldRows, "foldRows");
    }

    /** The same with folds of another size. */
    public DuckDbOptions withFoldRows(int rows) {
        return new DuckDbOptions(memoryMiB, threads, readers, queuedEvents, unappliedEvents, rows);
    }

    public DuckDbOptions withMemoryMiB(int memory) {
        return new DuckDbOptions(memory, threads, readers, queuedEvents, unappliedEvents, foldRows);
    }

    public DuckDbOptions withThreads(int count) {
        return new DuckDbOptions(memoryMiB, count, readers, queuedEvents, unappliedEvents, foldRows);
    }

    public DuckDbOptions withQueuedEvents(int events) {
        return new DuckDbOptions(memoryMiB, threads, readers, events, unappliedEvents, foldRows);
    }

    private static void requirePositive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
    }
}
