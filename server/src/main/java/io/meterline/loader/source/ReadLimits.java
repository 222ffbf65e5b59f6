package io.meterline.loader.source;

import java.time.Duration;

/**
 * How much a query may take.
 *
 * @param rows most rows to read, 0 for all of them
 * @param statementTimeout the source cancels the statement after this time, 1 ms or more
 */
public record ReadLimits(int rows, Duration statementTimeout) {

    public ReadLimits {
        if (rows < 0 || statementTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("rows must not be negative and the timeout at least 1 ms");
        }
    }
}
