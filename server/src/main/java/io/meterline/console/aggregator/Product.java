package io.meterline.console.aggregator;

import org.jspecify.annotations.Nullable;

/** A product that is measured. */
public record Product(String id, String name, @Nullable String aggregatorId) {}
