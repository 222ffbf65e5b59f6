package io.meterline.observe;

import java.util.function.Supplier;

/**
 * Something that must work for the server to be ready.
 *
 * @param name short and stable, such as {@code control}
 * @param state looked up at most once a second; answers within a few seconds and does not throw
 */
public record Check(String name, Supplier<State> state) {

    /**
     * How it is.
     *
     * @param detail a sentence for the operator, without anything that a caller sent
     */
    public record State(boolean ok, String detail) {}
}
