package io.meterline.console;

import java.util.List;

/** What goes on appearing on a page by itself, until the page is left: parts of it, sent as they come. */
@FunctionalInterface
public interface Feed {

    /** What is new since the look before. Called about once a second by one thread; an {@link ApiFault} ends the feed. */
    Look look();

    /**
     * What one look found.
     *
     * @param place where a feed goes on whose connection broke: the next one finds it in the header {@code Last-Event-ID}
     */
    record Look(String place, List<Message> messages) {}

    /**
     * A part of the page.
     *
     * @param name of the place that takes it: its {@code data-stream-part}
     * @param template takes a {@code Frame frame} and the model as {@code page}
     */
    record Message(String name, String template, Object model) {}
}
