package io.meterline.billing.simulation;

import io.meterline.billing.SubscribedProduct.OwnPrice;
import io.meterline.billing.line.LineTerms;
import io.meterline.billing.line.ProductLines;
import io.meterline.billing.line.Share;
import io.meterline.price.Price;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody is priced by in one scenario: the lines that a statement would have. */
record ScenarioLines(List<Line> lines) {

    /**
     * A line and how it is measured.
     *
     * @param shape null for a flat fee
     * @param price null where no price takes the events
     */
    record Line(@Nullable Shape shape, @Nullable Price price) {}

    static ScenarioLines of(ProductLines product, List<OwnPrice> prices) {
        return new ScenarioLines(product.of(prices, Share.WHOLE).stream()
                .map(ScenarioLines::line)
                .toList());
    }

    private static Line line(LineTerms terms) {
        return new Line(Shape.of(terms), terms.price());
    }
}
