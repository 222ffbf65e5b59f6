package io.meterline.price;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an amount is made of, exactly and not yet rounded. */
public record Breakdown(List<Line> lines) {

    /** Nothing. */
    public static final Breakdown EMPTY = new Breakdown(List.of());

    public Breakdown {
        lines = List.copyOf(lines);
    }

    /** The sum of the lines. */
    public BigDecimal total() {
        BigDecimal total = BigDecimal.ZERO;
        for (Line line : lines) {
            total = total.add(line.amount());
        }
        return total;
    }

    Breakdown and(Line line) {
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new Breakdown(more);
    }

    /**
     * One breakdown of several groups or windows that were priced alone. Lines about the same thing at the same price
     * become one, so that a month of hours is no longer than an hour.
     */
    public static Breakdown sum(Collection<Breakdown> parts) {
        Map<Subject, Line> lines = new LinkedHashMap<>();
        for (Breakdown part : parts) {
            for (Line line : part.lines) {
                lines.merge(Subject.of(line), line, Breakdown::add);
            }
        }
        return new Breakdown(List.copyOf(lines.values()));
    }

    private static Line add(Line a, Line b) {
        return new Line(
                a.kind(),
                a.tier(),
                add(a.quantity(), b.quantity()),
                a.unitAmount(),
                add(a.flatAmount(), b.flatAmount()),
                a.amount().add(b.amount()));
    }

    private static @Nullable BigDecimal add(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null ? b : b == null ? a : a.add(b);
    }

    private record Subject(
            Line.Kind kind,
            @Nullable Integer tier,
            @Nullable BigDecimal unitAmount) {

        static Subject of(Line line) {
            return new Subject(line.kind(), line.tier(), line.unitAmount());
        }
    }
}
