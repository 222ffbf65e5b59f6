package io.meterline.store;

import java.util.List;

/**
 * A page of a listing.
 *
 * @param total how many events match in all, before take, skip and position
 */
public record EventPage(List<StoredEvent> events, long total) {
    public EventPage {
        events = List.copyOf(events);
    }
}
