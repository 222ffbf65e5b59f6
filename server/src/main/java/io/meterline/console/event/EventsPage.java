package io.meterline.console.event;

import io.meterline.console.Address;
import io.meterline.console.EventTypes.EventType;
import io.meterline.console.Pager;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The list of events.
 *
 * @param address of this list, for links that change one thing
 * @param rows of this page
 * @param fault why the API did not answer, as for a customer that nobody knows; null when it did
 * @param stream where what arrives now comes from; null when this is not the place for it
 * @param types that there are, for the filter
 * @param rejected how many were refused
 * @param curl the request that the list was made from
 * @param example a request that makes a first event
 * @param event that is opened, null for none
 */
public record EventsPage(
        Address address,
        List<Row> rows,
        Pager pager,
        @Nullable String fault,
        @Nullable String stream,
        List<EventType> types,
        Map<String, String> properties,
        String span,
        List<Column> columns,
        boolean filtered,
        boolean byArrival,
        @Nullable String customer,
        long rejected,
        boolean endsEarly,
        String curl,
        String example,
        @Nullable EventDetail event) {

    /** A column that is shown or not. */
    public record Column(String name, String label, boolean shown, String toggle) {}

    public boolean shows(String column) {
        return columns.stream().anyMatch(one -> one.name().equals(column) && one.shown());
    }

    /** Names of properties of the type that is shown, or of all. */
    public List<String> propertyNames() {
        String type = address.get("type");
        return types.stream()
                .filter(one -> type.isEmpty() || one.name().equals(type))
                .flatMap(one -> one.properties().stream())
                .map(io.meterline.console.EventTypes.Property::name)
                .distinct()
                .limit(200)
                .toList();
    }

    public boolean isEmpty() {
        return rows.isEmpty() && !filtered && fault == null && pager.previous() == null;
    }
}
