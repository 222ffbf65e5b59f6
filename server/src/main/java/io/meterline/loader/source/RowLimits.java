package io.meterline.loader.source;

/**
 * How much one run may read.
 *
 * @param rows most rows, 0 for any number
 * @param bytes most bytes, 0 for any number
 */
public record RowLimits(long rows, long bytes) {

    /** Any number of both. */
    public static final RowLimits NONE = new RowLimits(0, 0);

    public RowLimits {
        if (rows < 0 || bytes < 0) {
            throw new IllegalArgumentException("limits must not be negative");
        }
    }

    /** True when nothing that keeps to this one is beyond the other. */
    public boolean isWithin(RowLimits other) {
        return isWithin(rows, other.rows) && isWithin(bytes, other.bytes);
    }

    private static boolean isWithin(long inner, long outer) {
        return inner == 0 || outer == 0 || inner <= outer;
    }
}
