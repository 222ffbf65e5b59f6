package io.meterline.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of every list. */
public record Listing<T>(Meta meta, List<T> data) {

    /**
     * Where the part lies in the whole.
     *
     * @param total how many there are with these filters
     * @param taken how many are here
     * @param nextCursor where to go on; null at the end
     */
    public record Meta(
            long total, int taken, int skipped, @Nullable String nextCursor) {}
}
