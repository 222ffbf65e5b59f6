package io.meterline.console.customer;

import io.meterline.console.Address;
import io.meterline.console.Api;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subscription of a customer, as far as the page of a customer shows it. */
public record Subscription(
        String id,
        @Nullable String externalId,
        String currency,
        @Nullable List<Product> products,
        Instant startsAt,
        @Nullable Instant endsAt,
        String status,
        @Nullable Span currentPeriod) {

    private static final int MOST = 20;

    /** A product that it is on. */
    public record Product(String productId) {}

    /** A period, half-open. */
    public record Span(Instant from, Instant to) {}

    /** A priced period of a subscription. */
    public record Statement(
            String id, String subscriptionId, String status, Span period, String currency, BigDecimal total) {}

    private record Listing(List<Subscription> data) {}

    private record Statements(List<Statement> data) {}

    /** Those of a customer, ended ones too. */
    static List<Subscription> of(Api api, String customerId) {
        Address target = Address.of("/v1/subscriptions")
                .with("customer_id", customerId)
                .with("status__in", "scheduled,active,ended")
                .with("take", MOST);
        return api.get(target.text(), Listing.class).data();
    }

    /** Its latest statements. */
    List<Statement> statements(Api api, int most) {
        return api.get("/v1/subscriptions/" + id + "/statements?take=" + most, Statements.class)
                .data();
    }

    public String tone() {
        return switch (status) {
            case "active" -> "ok";
            case "scheduled" -> "info";
            default -> "";
        };
    }
}
