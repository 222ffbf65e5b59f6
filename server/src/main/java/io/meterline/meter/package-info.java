/**
 * From a meter's definition to its figures.
 *
 * <p>An {@link Aggregator} says which events count and what is computed over them; {@link DefinitionJson} reads and
 * checks what a user wrote, {@link Aggregators} keeps every version, and {@link UsageService} turns a question about one
 * into the store's {@link io.meterline.store.UsageQuery} and the store's result into an answer: customers by their ids,
 * groups in order and in pages, windows of the calendar.
 */
@NullMarked
package io.meterline.meter;

import org.jspecify.annotations.NullMarked;
