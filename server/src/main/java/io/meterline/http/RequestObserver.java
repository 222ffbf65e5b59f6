package io.meterline.http;

/** Is told about every answer of a route, for figures about the server itself. */
@FunctionalInterface
public interface RequestObserver {
    void answered(Route route, int status, long nanos);
}
