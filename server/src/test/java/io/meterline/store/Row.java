package io.meterline.store;

import io.meterline.event.Event;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import java.util.Map;
import java.util.stream.Collectors;

/** A stored event without what engines may choose freely: the number of its sequence and the order of its properties. */
record Row(
        String eventType,
        String recordId,
        boolean idIsNumber,
        long customer,
        String timestamp,
        Source source,
        String ingestedAt,
        Map<String, PropertyValue> properties) {

    static Row of(StoredEvent stored) {
        Event event = stored.event();
        return new Row(
                event.eventType(),
                event.recordId(),
                event.idIsNumber(),
                event.customer(),
                Timestamps.text(event.timestampMicros()),
                event.source(),
                Timestamps.text(stored.ingestedAtMicros()),
                event.properties().stream().collect(Collectors.toMap(Property::name, Property::value)));
    }
}
