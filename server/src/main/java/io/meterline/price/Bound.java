package io.meterline.price;

import java.math.BigDecimal;

/** Where a tier ends. */
public sealed interface Bound {

    /** The bound of the last tier, which takes whatever is above the others. */
    Bound OPEN = new Open();

    static Bound upTo(BigDecimal quantity) {
        return new UpTo(quantity);
    }

    /** Whether a quantity lies at or below it. */
    boolean holds(BigDecimal quantity);

    /** The quantity, or the bound where the quantity is above it. */
    BigDecimal clip(BigDecimal quantity);

    /** The quantity itself is the last one of the tier. */
    record UpTo(BigDecimal quantity) implements Bound {

        @Override
        public boolean holds(BigDecimal other) {
            return other.compareTo(quantity) <= 0;
        }

        @Override
        public BigDecimal clip(BigDecimal other) {
            return other.min(quantity);
        }
    }

    /** There is no end. */
    record Open() implements Bound {

        @Override
        public boolean holds(BigDecimal quantity) {
            return true;
        }

        @Override
        public BigDecimal clip(BigDecimal quantity) {
            return quantity;
        }
    }
}
