package io.meterline.console.loader;

import org.jspecify.annotations.Nullable;

/**
 * What came of opening a connection just now.
 *
 * @param server what answered; null when nothing did
 * @param fault why not
 * @param testPath to try again
 */
public record ConnectionMark(
        @Nullable String server, @Nullable String fault, String testPath) {}
