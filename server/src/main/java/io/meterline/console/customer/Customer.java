package io.meterline.console.customer;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A customer as the API shows it. */
public record Customer(
        String id,
        @Nullable String externalId,
        @Nullable String name,
        @Nullable String currency,
        @Nullable String timeZone,
        JsonNode properties,
        String status,
        Instant createdAt,
        Instant updatedAt) {

    private static final int SHORT = 10;

    /** A page of them. */
    public record Listing(Meta meta, List<Customer> data) {}

    /** How many there are. */
    public record Meta(long total) {}

    /** What else leads to one. */
    public record Aliases(List<Alias> data) {}

    /** An earlier external id, or an id of a customer that was merged into this one. */
    public record Alias(String alias, @Nullable String mergedCustomerId, Instant since) {}

    /** The name, else the company's own id, else ours. */
    public String title() {
        return name != null ? name : externalId != null ? externalId : shortId();
    }

    /** The beginning of our id. */
    public String shortId() {
        return id.substring(0, SHORT) + "…";
    }

    public boolean pending() {
        return status.equals("automatically_created");
    }

    public boolean archived() {
        return status.equals("archived");
    }
}
