package io.meterline.loader;

/**
 * What a run has done so far.
 *
 * @param read rows that the source sent
 * @param setAside rows that broke a rule and were kept with their reason
 * @param created records that were not there
 * @param corrected records whose earlier version was replaced
 * @param unchanged rows that equal what was stored
 * @param ignored rows that lost against a later load
 * @param repeated rows whose key had come before in the same result; the last one wins
 * @param rounded numbers with more than 18 fractional digits
 * @param customersCreated customers that nobody had seen before
 */
public record RunCounts(
        long read,
        long setAside,
        long created,
        long corrected,
        long unchanged,
        long ignored,
        long repeated,
        long rounded,
        long customersCreated) {

    public static final RunCounts NONE = new RunCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Records that the run created or corrected. */
    public long written() {
        return created + corrected;
    }
}
