package io.meterline.console;

/** What one address of the console does. Throws {@link ApiFault} for what the API refuses. */
@FunctionalInterface
public interface Page {

    View show(Visit visit) throws Exception;
}
