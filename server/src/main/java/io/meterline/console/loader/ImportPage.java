package io.meterline.console.loader;

/** One import. */
public record ImportPage(
        Import file, String path, String listPath, String rejectedPath, String eventsPath, String curl) {}
