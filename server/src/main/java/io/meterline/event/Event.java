package io.meterline.event;

import java.util.List;

/**
 * One valid version of a record, on its way into the store.
 *
 * @param key what it is a version of
 * @param eventType 1..128 of letters, digits and {@code _ - . :}
 * @param customer number of the customer it was sent for, before any merge
 * @param timestampMicros when the usage happened, µs since 1970
 * @param version the greatest wins, and of equal ones the last received: the timestamp of a pushed event, the load
 *     number of a pulled row
 * @param replace true when this version wins whatever its number ({@code ?replace=true})
 * @param source how it came in
 * @param recordId {@code record.id} as text
 * @param idIsNumber true when {@code record.id} was a JSON integer, so that it goes out as one
 * @param properties the record without its id, in the order received
 */
public record Event(
        KeyHash key,
        String eventType,
        long customer,
        long timestampMicros,
        long version,
        boolean replace,
        Source source,
        String recordId,
        boolean idIsNumber,
        List<Property> properties) {

    public Event {
        properties = List.copyOf(properties);
    }
}
