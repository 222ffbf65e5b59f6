package io.meterline.console.search;

import java.util.List;

/**
 * What was found.
 *
 * @param text that was looked for
 */
public record Found(String text, List<Group> groups) {

    /** Things of one kind; only with some. */
    public record Group(String title, List<Hit> hits) {}

    /**
     * One thing.
     *
     * @param icon its name in the sprite
     * @param note what tells it from others of its name
     */
    public record Hit(String icon, String label, String note, String href) {}
}
