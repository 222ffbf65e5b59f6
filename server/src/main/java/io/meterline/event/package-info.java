/**
 * The shared vocabulary: what an event, its key, its properties, a period and an id are.
 *
 * <p>Plain values without input or output. This package imports nothing else of ours, so that every stage of the flow
 * (ingest, store, meter, billing) can speak the same words.
 */
@NullMarked
package io.meterline.event;

import org.jspecify.annotations.NullMarked;
