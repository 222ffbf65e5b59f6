package io.meterline.store;

import io.meterline.event.Event;

/**
 * The current version of a record.
 *
 * @param event as it was accepted, explicit nulls included; numbers in canonical form, properties in any order
 * @param sequence position in the order of acceptance, rising
 * @param ingestedAtMicros when it was accepted, µs since 1970
 */
public record StoredEvent(Event event, long sequence, long ingestedAtMicros) {}
