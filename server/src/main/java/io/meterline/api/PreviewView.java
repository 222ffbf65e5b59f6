package io.meterline.api;

import io.meterline.event.Decimals;
import io.meterline.event.RuleException.Violation;
import io.meterline.price.Line;
import io.meterline.price.Preview;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The answer of {@code POST /v1/prices/preview}. */
record PreviewView(List<PointView> points, List<WarningView> warnings) {

    record PointView(
            BigDecimal quantity,
            BigDecimal amount,
            BigDecimal exactAmount,
            @Nullable BigDecimal averageUnitAmount,
            boolean tierChange,
            List<LineView> breakdown) {

        static PointView of(Preview.Point point) {
            return new PointView(
                    point.quantity(),
                    point.charge().amount(),
                    point.charge().exactAmount(),
                    point.averageUnitAmount(),
                    point.tierChange(),
                    point.charge().breakdown().stream().map(LineView::of).toList());
        }
    }

    record LineView(
            Line.Kind kind,
            @Nullable Integer tier,
            @Nullable BigDecimal quantity,
            @Nullable BigDecimal unitAmount,
            @Nullable BigDecimal flatAmount,
            BigDecimal amount) {

        static LineView of(Line line) {
            return new LineView(
                    line.kind(),
                    line.tier(),
                    canonical(line.quantity()),
                    canonical(line.unitAmount()),
                    canonical(line.flatAmount()),
                    Decimals.canonical(line.amount()));
        }

        private static @Nullable BigDecimal canonical(@Nullable BigDecimal number) {
            return number == null ? null : Decimals.canonical(number);
        }
    }

    record WarningView(
            String code,
            String message,
            String path,
            @Nullable BigDecimal quantity) {

        static WarningView of(Violation slip) {
            return new WarningView(slip.code(), slip.message(), slip.path(), null);
        }

        static WarningView of(Preview.Warning warning) {
            return new WarningView(warning.code(), warning.message(), "price." + warning.path(), warning.quantity());
        }
    }

    static PreviewView of(Preview preview, List<Violation> slips) {
        return new PreviewView(
                preview.points().stream().map(PointView::of).toList(),
                Stream.concat(
                                slips.stream().map(WarningView::of),
                                preview.warnings().stream().map(WarningView::of))
                        .toList());
    }
}
