package io.meterline.console.price;

import io.meterline.console.Api;
import io.meterline.console.ApiFault;
import io.meterline.console.ApiFault.Violation;
import io.meterline.console.Formats;
import io.meterline.console.Island;
import io.meterline.console.Refused;
import io.meterline.console.price.Live.Curve;
import io.meterline.console.price.Live.Full;
import io.meterline.console.price.Live.Reading;
import io.meterline.http.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a price that is being written with the API, and lays out what it would charge. */
public final class LivePrice {

    private static final int POINTS = 120;
    private static final int EVENT_POINTS = 40;
    private static final int MAX_EVENTS = 1_000;
    private static final BigDecimal MOST_PACKAGES = BigDecimal.valueOf(40);
    private static final BigDecimal SHARE_OF_HANDLE = new BigDecimal("0.43");

    private final Api api;
    private final String path;
    private final String currency;
    private final Unit unit;
    private final JsonNode price;
    private final String typed;

    private LivePrice(Api api, String path, String currency, Unit unit, JsonNode price, String typed) {
        this.api = api;
        this.path = path;
        this.currency = currency;
        this.unit = unit;
        this.price = price;
        this.typed = typed;
    }

    /**
     * What a price would charge.
     *
     * @param path of the price in the form
     * @param typed the quantity at the handle; of a percentage the amounts of events; empty for one that we choose
     */
    public static Live of(Api api, String path, String currency, Unit unit, JsonNode price, String typed) {
        LivePrice live = new LivePrice(api, path, currency, unit, PathForm.sent(price), typed);
        try {
            return Shape.of(price.path(PriceTree.MODEL).asString("")) == Shape.PERCENTAGE
                    ? live.events()
                    : live.quantities();
        } catch (ApiFault fault) {
            return live.refused(fault);
        }
    }

    private Live quantities() {
        Previews previews = new Previews(api, currency, price);
        Optional<BigDecimal> asked = Numbers.typed(typed);
        BigDecimal reach = Reach.of(price, asked);
        BigDecimal at = asked.orElseGet(() -> handle(reach));
        Preview range = previews.range(reach, POINTS);
        Preview.Point point = previews.at(List.of(at)).points().getFirst();
        List<Preview.Point> points = new ArrayList<>(range.points());
        steps(reach).ifPresent(steps -> points.addAll(previews.at(steps).points()));
        points.sort((one, other) -> one.quantity().compareTo(other.quantity()));
        if (at.signum() >= 0 && points.stream().noneMatch(one -> one.quantity().compareTo(at) == 0)) {
            points.add(point);
            points.sort((one, other) -> one.quantity().compareTo(other.quantity()));
        }
        CurveData data = new CurveData(currency, unit, points, at, PriceTree.bounds(price), false);
        return new Live(
                Refused.NOTHING,
                errors(List.of()),
                range.warnings().stream().map(Warnings::shown).toList(),
                new Curve(data.island(), data.table(), unit.many(), false),
                reading(
                        point,
                        Formats.number(Numbers.plain(at)) + " "
                                + (at.compareTo(BigDecimal.ONE) == 0 ? unit.one() : unit.many()),
                        false),
                full(previews),
                Numbers.shown(at.toPlainString()),
                asked.isPresent());
    }

    /** Where packages begin and end, as far as one could see them. */
    private Optional<List<BigDecimal>> steps(BigDecimal reach) {
        return Numbers.typed(price.path("package_size").asString(""))
                .filter(size ->
                        size.signum() > 0 && size.multiply(MOST_PACKAGES).compareTo(reach) > 0)
                .map(size -> Stream.iterate(size, end -> end.compareTo(reach) < 0, size::add)
                        .flatMap(end ->
                                Stream.of(end, end.add(BigDecimal.ONE.movePointLeft(Math.max(0, size.scale())))))
                        .toList())
                .filter(steps -> !steps.isEmpty());
    }

    private BigDecimal handle(BigDecimal reach) {
        BigDecimal at = reach.multiply(SHARE_OF_HANDLE);
        return at.compareTo(BigDecimal.TEN) > 0
                ? Numbers.plain(at.round(new java.math.MathContext(2, RoundingMode.DOWN)))
                : at.setScale(0, RoundingMode.CEILING);
    }

    private Live events() {
        Previews previews = new Previews(api, currency, price);
        List<BigDecimal> amounts = amounts();
        Preview all = previews.events(amounts);
        BigDecimal greatest = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::max);
        BigDecimal reach = Reach.of(price, Optional.of(greatest));
        Previews each = previews.withoutAllowances();
        List<Preview.Point> points = new ArrayList<>();
        for (int i = 0; i <= EVENT_POINTS; i++) {
            BigDecimal amount = reach.multiply(BigDecimal.valueOf(i))
                    .divide(BigDecimal.valueOf(EVENT_POINTS), 2, RoundingMode.HALF_UP);
            points.add(each.events(List.of(amount)).points().getFirst());
        }
        CurveData data = new CurveData(currency, unit, points, greatest, List.of(), true);
        String what = amounts.size() == 1 ? "one event of " : amounts.size() + " events, together ";
        return new Live(
                Refused.NOTHING,
                errors(List.of()),
                all.warnings().stream().map(Warnings::shown).toList(),
                new Curve(data.island(), data.table(), "amount of an event", true),
                reading(
                        all.points().getFirst(),
                        what
                                + Formats.money(
                                        Numbers.plain(all.points().getFirst().quantity()), currency),
                        true),
                List.of(),
                typed.isBlank() ? "100" : typed,
                !typed.isBlank());
    }

    private List<BigDecimal> amounts() {
        List<BigDecimal> amounts = Arrays.stream(typed.strip().split("[\\s;]+", -1))
                .map(text -> text.endsWith(",") ? text.substring(0, text.length() - 1) : text)
                .flatMap(text -> Numbers.typed(text).stream())
                .limit(MAX_EVENTS)
                .toList();
        return amounts.isEmpty() ? List.of(BigDecimal.valueOf(100)) : amounts;
    }

    private List<Full> full(Previews previews) {
        List<BigDecimal> bounds = PriceTree.bounds(price);
        if (bounds.isEmpty() || bounds.size() != price.path(PriceTree.TIERS).size() - 1) {
            return List.of();
        }
        List<Preview.Point> points = previews.withoutTerms().at(bounds).points();
        List<Full> full = new ArrayList<>();
        for (int i = 0; i < bounds.size(); i++) {
            int tier = i + 1;
            BigDecimal amount = points.get(i).breakdown().stream()
                    .filter(line -> line.tier() != null && line.tier() == tier)
                    .map(Preview.Line::amount)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            full.add(new Full(PriceEditor.fullId(path, i), Formats.money(Numbers.plain(amount), currency)));
        }
        return full;
    }

    private Reading reading(Preview.Point point, String quantity, boolean events) {
        BigDecimal each = point.averageUnitAmount();
        return new Reading(
                quantity,
                Formats.money(point.amount(), currency),
                each == null ? "" : events ? CurveData.share(each) : Numbers.ratio(each, currency) + " each",
                Lines.of(point.breakdown(), currency));
    }

    private Live refused(ApiFault fault) {
        List<Violation> here = fault.errors().stream()
                .map(violation -> new Violation(inForm(violation.path()), violation.code(), violation.message()))
                .toList();
        return new Live(
                new Refused(fault.detail(), here),
                errors(here),
                List.of(),
                null,
                null,
                List.of(),
                typed,
                !typed.isBlank());
    }

    private String inForm(String of) {
        return of.equals("price") || of.startsWith("price.") ? path + of.substring("price".length()) : of;
    }

    private static Island errors(List<Violation> violations) {
        record Error(String path, @Nullable String message) {}
        List<Error> errors = Stream.ofNullable(violations)
                .flatMap(List::stream)
                .map(violation -> new Error(violation.path(), violation.message()))
                .toList();
        return new Island(new String(Json.bytes(errors), StandardCharsets.UTF_8));
    }
}
