package io.meterline.customer;

import io.meterline.event.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Customers as JSON: their properties in the database, and their export. */
final class CustomerJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private CustomerJson() {}

    static ObjectNode empty() {
        return MAPPER.createObjectNode();
    }

    static String text(@Nullable ObjectNode properties) {
        return properties == null ? "{}" : MAPPER.writeValueAsString(properties);
    }

    static ObjectNode parse(String text) {
        return MAPPER.readValue(text, ObjectNode.class);
    }

    /** A customer with everything that is kept about it. */
    static ObjectNode of(Customer customer) {
        ObjectNode fields = empty().put("id", customer.id())
                .put("external_id", customer.externalId())
                .put("name", customer.name())
                .put("currency", customer.currency())
                .put("time_zone", customer.timeZone());
        fields.set("properties", customer.properties());
        return fields.put("status", customer.status().text())
                .put("created_at", Timestamps.text(customer.createdAtMicros()))
                .put("updated_at", Timestamps.text(customer.updatedAtMicros()));
    }

    static ObjectNode of(CustomerAlias alias) {
        return empty().put("text", alias.text())
                .put("merged_customer_id", alias.mergedCustomerId())
                .put("since", Timestamps.text(alias.sinceMicros()));
    }
}
