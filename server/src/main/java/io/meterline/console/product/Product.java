package io.meterline.console.product;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A product, as the API answers it. */
public record Product(
        String id,
        String name,
        String type,
        @Nullable String aggregatorId,
        @Nullable JsonNode filter,
        List<JsonNode> prices,
        int version,
        String status,
        Instant createdAt,
        Instant updatedAt) {

    public boolean isActive() {
        return status.equals("active");
    }

    /** What people call its type. */
    public String kind() {
        return Kinds.label(type);
    }

    /** A part of a list. */
    public record Listing(Meta meta, List<Product> data) {}

    /** How many there are in all. */
    public record Meta(long total) {}
}
