package io.meterline.console.event;

import io.meterline.console.Api;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An event as the API has it. */
record Stored(
        String id,
        String eventType,
        @Nullable String customerId,
        @Nullable String externalCustomerId,
        Instant timestamp,
        String recordId,
        JsonNode record,
        String source,
        Instant ingestedAt) {

    /** A page of them. */
    record Listed(Meta meta, List<Stored> data) {}

    /** How many match in all. */
    record Meta(long total) {}

    boolean isPulled() {
        return source.equals("loader");
    }

    /** As it is accepted: sent again it changes nothing. */
    ObjectNode asSent() {
        String customer = externalCustomerId == null ? customerId : externalCustomerId;
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("customer_id", customer);
        event.put("event_type", eventType);
        event.put("timestamp", timestamp.toString());
        event.set("record", record);
        return event;
    }

    /** {@link #asSent} for people. */
    String pretty() {
        return Text.pretty(asSent());
    }

    static Listed list(Api api, String target) {
        return api.get(target, Listed.class);
    }
}
