package io.meterline.console.loader;

/** What a run or an import has to say. */
public record Note(String code, String message) {}
