package io.meterline.console.price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** How far a curve is drawn, so that one sees all that a price does and a little beyond. */
final class Reach {

    private static final BigDecimal DEFAULT = BigDecimal.valueOf(1_000);
    private static final BigDecimal HALF_MORE = new BigDecimal("1.5");
    private static final BigDecimal PACKAGES = BigDecimal.TEN;
    private static final BigDecimal TWICE = BigDecimal.TWO;

    private Reach() {}

    /** Up to which quantity; of a percentage, up to which amount of one event. */
    static BigDecimal of(JsonNode price, Optional<BigDecimal> at) {
        Stream<Optional<BigDecimal>> candidates = Stream.of(
                last(PriceTree.bounds(price)).map(HALF_MORE::multiply),
                number(price, "package_size").map(PACKAGES::multiply),
                crossing(price, "minimum_amount"),
                crossing(price, "maximum_amount"),
                quotient(number(price, "max_per_event"), number(price, "rate")),
                quotient(number(price, "min_per_event"), number(price, "rate")),
                number(price, "free_units").map(TWICE::multiply));
        BigDecimal own = candidates.flatMap(Optional::stream).reduce(BigDecimal.ZERO, BigDecimal::max);
        BigDecimal reach = own.signum() == 0 ? DEFAULT : own;
        BigDecimal wanted = at.map(HALF_MORE::multiply).orElse(BigDecimal.ZERO);
        return Numbers.roundUp(wanted.compareTo(reach.multiply(HALF_MORE)) > 0 ? wanted : reach);
    }

    private static Optional<BigDecimal> last(List<BigDecimal> bounds) {
        return bounds.stream().reduce(BigDecimal::max);
    }

    /** Twice the quantity at which a unit price comes to an amount. */
    private static Optional<BigDecimal> crossing(JsonNode price, String amount) {
        return quotient(number(price, amount), number(price, "unit_amount")).map(TWICE::multiply);
    }

    private static Optional<BigDecimal> quotient(Optional<BigDecimal> amount, Optional<BigDecimal> unit) {
        return unit.filter(divisor -> divisor.signum() > 0)
                .flatMap(divisor -> amount.map(dividend ->
                        dividend.divide(divisor, 2, RoundingMode.CEILING).multiply(HALF_MORE)));
    }

    private static Optional<BigDecimal> number(JsonNode price, String field) {
        return Numbers.typed(price.path(field).asString("")).filter(number -> number.signum() > 0);
    }
}
