package io.meterline.file;

/** The server stops, and the import goes on at its next start; or somebody stopped the import. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
