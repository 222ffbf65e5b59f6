package io.meterline.console.event;

import io.meterline.console.Formats;
import io.meterline.console.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event as a line of a list.
 *
 * @param href where it is opened beside the list
 * @param customerPath of the customer's own page; null when nobody has the event
 * @param firstOfCustomer whether the customer was made for it and nobody has confirmed it yet
 * @param properties the first of them
 * @param more how many there are besides
 */
public record Row(
        String id,
        String href,
        Instant timestamp,
        Instant arrived,
        String type,
        String recordId,
        String source,
        String customer,
        @Nullable String customerPath,
        boolean firstOfCustomer,
        List<Property> properties,
        int more,
        boolean selected) {

    private static final int MOST_PROPERTIES = 8;
    private static final int MOST_LETTERS = 48;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** A property and its value as it is shown; {@code isNull} for one without. */
    public record Property(String name, String value, boolean isNull) {}

    static Row of(Visit visit, EventFilter filter, Stored event, Customers customers, @Nullable String selected) {
        Customers.Customer customer = customers.of(event);
        List<Property> properties = properties(event.record());
        return new Row(
                event.id(),
                filter.event(event.id()),
                event.timestamp(),
                event.ingestedAt(),
                event.eventType(),
                event.recordId(),
                event.source(),
                customer == null ? "" : customer.label(),
                customer == null ? null : visit.path("/customers/" + customer.id()),
                customer != null && madeFor(event, customer),
                properties.subList(0, Math.min(MOST_PROPERTIES, properties.size())),
                Math.max(0, properties.size() - MOST_PROPERTIES),
                event.id().equals(selected));
    }

    private static boolean madeFor(Stored event, Customers.Customer customer) {
        return customer.isPending()
                && Duration.between(customer.createdAt(), event.ingestedAt())
                                .abs()
                                .compareTo(AT_ONCE)
                        <= 0;
    }

    private static List<Property> properties(JsonNode record) {
        List<Property> properties = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : record.properties()) {
            if (!property.getKey().equals("id")) {
                properties.add(new Property(
                        property.getKey(),
                        text(property.getValue()),
                        property.getValue().isNull()));
            }
        }
        return properties;
    }

    private static String text(JsonNode value) {
        if (value.isNumber()) {
            return Formats.number(value.decimalValue());
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        return text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS) + "…";
    }
}
