package io.meterline.console.product;

import io.meterline.console.Api;
import io.meterline.console.price.PriceWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Who has a product, by the price that they have of it.
 *
 * @param own how many have prices of their own for it
 * @param counted how many of the total were looked at
 * @param first some of those whose price changes, to look at
 */
public record Subscribers(long total, long counted, long own, List<Group> groups, List<Subscriber> first) {

    private static final int MOST = 500;
    private static final int PAGE = 100;
    private static final int FIRST = 5;

    /** So many on the prices of one currency and interval. */
    public record Group(String place, long count) {}

    /** A subscription. */
    public record Subscriber(String id, String customerId, String customer, String place) {}

    private record Listing(Meta meta, List<Subscription> data) {}

    private record Meta(long total, @Nullable String nextCursor) {}

    private record Subscription(
            String id,
            String customerId,
            @Nullable String externalCustomerId,
            String currency,
            JsonNode interval,
            List<Subscribed> products) {}

    private record Subscribed(String productId, @Nullable JsonNode overrides) {}

    /** How many have it that have not ended. */
    static long count(Api api, String productId) {
        return api.get(target(productId, 1, null), Listing.class).meta().total();
    }

    static Subscribers of(Api api, String productId) {
        Map<String, Long> groups = new LinkedHashMap<>();
        List<Subscriber> first = new ArrayList<>();
        long own = 0;
        long counted = 0;
        long total = 0;
        String cursor = null;
        do {
            Listing page = api.get(target(productId, PAGE, cursor), Listing.class);
            total = page.meta().total();
            cursor = page.meta().nextCursor();
            for (Subscription one : page.data()) {
                counted++;
                if (one.products().stream()
                        .anyMatch(product -> product.productId().equals(productId) && hasOwn(product))) {
                    own++;
                    continue;
                }
                String place = one.currency() + ", " + PriceWords.interval(one.interval());
                groups.merge(place, 1L, Long::sum);
                if (first.size() < FIRST) {
                    String external = one.externalCustomerId();
                    first.add(new Subscriber(
                            one.id(), one.customerId(), external == null ? one.customerId() : external, place));
                }
            }
        } while (cursor != null && counted < MOST);
        return new Subscribers(
                total,
                counted,
                own,
                groups.entrySet().stream()
                        .map(entry -> new Group(entry.getKey(), entry.getValue()))
                        .toList(),
                first);
    }

    private static boolean hasOwn(Subscribed product) {
        JsonNode overrides = product.overrides();
        return overrides != null && overrides.isArray() && !overrides.isEmpty();
    }

    private static String target(String productId, int take, @Nullable String cursor) {
        return "/v1/subscriptions?product_id=" + Api.encode(productId) + "&take=" + take
                + (cursor == null ? "" : "&cursor=" + Api.encode(cursor));
    }
}
