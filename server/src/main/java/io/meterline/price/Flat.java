package io.meterline.price;

import java.math.BigDecimal;
import java.util.List;

/** An amount once a period, whatever is used. */
public record Flat(BigDecimal amount) implements Model.OfQuantity {

    @Override
    public List<Line> lines(Units units) {
        return List.of(Line.flat(units.flat(amount)));
    }
}
