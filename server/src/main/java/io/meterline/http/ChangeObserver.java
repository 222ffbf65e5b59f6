package io.meterline.http;

/** Is told of every change that a caller made, after it was made. */
@FunctionalInterface
public interface ChangeObserver {

    void changed(Change change);
}
