package io.meterline.price;

import java.math.BigDecimal;
import java.util.List;

/** Every unit costs the same. A negative quantity is a credit at that price. */
public record PerUnit(BigDecimal unitAmount) implements Model.OfQuantity {

    @Override
    public List<Line> lines(Units units) {
        return List.of(Line.units(units.charged(), unitAmount));
    }
}
