package io.meterline.console.aggregator;

import io.meterline.console.Address;
import io.meterline.console.Api;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of products, as far as an aggregator has to do with them. */
record Products(Meta meta, List<Product> data) {

    record Meta(@Nullable String nextCursor) {}

    /** The active products that an aggregator measures. */
    static List<Product> measuredBy(Api api, String aggregatorId) {
        List<Product> found = new ArrayList<>();
        String cursor = null;
        do {
            Products page = api.get(
                    Address.of("/v1/products")
                            .with("take", 100)
                            .with("cursor", cursor)
                            .text(),
                    Products.class);
            page.data().stream()
                    .filter(product -> aggregatorId.equals(product.aggregatorId()))
                    .forEach(found::add);
            cursor = page.meta().nextCursor();
        } while (cursor != null);
        return found;
    }
}
