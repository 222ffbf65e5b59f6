package io.meterline.console;

import org.jspecify.annotations.Nullable;

/**
 * One step of the way to a page.
 *
 * @param path below {@code /console/<environment>}; null for the page itself
 */
public record Crumb(String title, @Nullable String path) {}
