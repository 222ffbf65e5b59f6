package io.meterline.file;

/** The server stops; the import goes on at its next start. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
