package io.meterline.console.product;

import io.meterline.console.Pager;
import io.meterline.console.Tab;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of products. */
public record ListPage(
        List<Tab> tabs,
        List<Item> items,
        Pager pager,
        boolean archived,
        boolean hasAggregators,
        String curl,
        String example) {

    /** A product in the list. */
    public record Item(
            String id,
            String name,
            String kind,
            @Nullable String aggregator,
            @Nullable String aggregatorId,
            List<Price> prices,
            int version,
            Instant changed,
            long subscriptions) {}

    /** A price in words. */
    public record Price(String place, String words) {}
}
