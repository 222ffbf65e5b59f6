package io.meterline.billing.simulation;

/** A simulation was cancelled, or the server is stopping. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
