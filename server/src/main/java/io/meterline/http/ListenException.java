package io.meterline.http;

/** The server cannot listen where it was told to. */
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenException(String host, int port) {
        super("Cannot listen on %s port %d: the port is in use, or the host is not one of this machine."
                .formatted(host, port));
    }
}
