package io.meterline.billing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the quantity of a product is. */
public enum ProductType {
    /** The figure of an aggregator. */
    DYNAMIC,
    /** None: an amount once a period. */
    FLAT_FEE,
    /** The figure of an aggregator that counts people. */
    SEAT;

    /** The name in the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an aggregator measures it. */
    public boolean isMeasured() {
        return this != FLAT_FEE;
    }

    static Optional<ProductType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
    }

    static String all() {
        return Arrays.stream(values()).map(ProductType::text).collect(Collectors.joining(", "));
    }
}
