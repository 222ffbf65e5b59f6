package io.meterline.console.loader;

/** How long a list of the API is. */
public record Meta(long total) {}
