package io.meterline.console.price;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@code POST /v1/prices/preview}. */
record Preview(List<Point> points, List<Warning> warnings) {

    record Point(
            BigDecimal quantity,
            BigDecimal amount,
            BigDecimal exactAmount,
            @Nullable BigDecimal averageUnitAmount,
            boolean tierChange,
            List<Line> breakdown) {}

    record Line(
            String kind,
            @Nullable Integer tier,
            @Nullable BigDecimal quantity,
            @Nullable BigDecimal unitAmount,
            @Nullable BigDecimal flatAmount,
            BigDecimal amount) {}

    record Warning(
            String code,
            String message,
            String path,
            @Nullable BigDecimal quantity) {}
}
