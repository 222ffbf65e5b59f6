/**
 * Which version of each key is current: the index that decides whether an event is new, a correction, or late.
 *
 * <p>Recent keys are a hash table in memory ({@code KeyTable}); older ones stand in immutable sorted files ({@code
 * KeyRun}), each with a Bloom filter, so that a new key is known to be new without reading a file. Files are written and
 * merged beside the traffic.
 */
@NullMarked
package io.meterline.store.key;

import org.jspecify.annotations.NullMarked;
