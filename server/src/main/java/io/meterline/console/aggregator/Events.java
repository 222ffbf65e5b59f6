package io.meterline.console.aggregator;

import io.meterline.console.Formats;
import io.meterline.console.ValueText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A page of stored events. */
public record Events(Meta meta, List<Item> data) {

    /** Where the page lies. */
    public record Meta(
            long total, long taken, long skipped, @Nullable String nextCursor) {}

    /** An event. */
    public record Item(
            String id,
            String eventType,
            @Nullable String customerId,
            @Nullable String externalCustomerId,
            Instant timestamp,
            String recordId,
            JsonNode record,
            @Nullable String source) {

        /** The properties as text, without the id. */
        public Map<String, String> properties() {
            Map<String, String> properties = new LinkedHashMap<>();
            record.properties().forEach(property -> {
                if (!property.getKey().equals("id")) {
                    properties.put(property.getKey(), ValueText.plain(property.getValue()));
                }
            });
            return properties;
        }

        /** What is counted of it: the value of a property. */
        public @Nullable String value(@Nullable String property) {
            JsonNode value = property == null ? null : record.get(property);
            if (value == null) {
                return null;
            }
            return value.isNumber() ? Formats.number(value.decimalValue()) : ValueText.plain(value);
        }
    }
}
