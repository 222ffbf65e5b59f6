package io.meterline.console.aggregator;

import io.meterline.console.Island;
import io.meterline.http.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The data of charts of usage. Values go out as exact text. */
public final class Charts {

    /** More than these are drawn as one. */
    static final int MOST_SERIES = 4;

    private Charts() {}

    /** A column for each part of the period, each of which leads to its events. */
    public static Island columns(
            List<Usage.Window> windows,
            String window,
            ZoneId zone,
            @Nullable String unit,
            Function<Usage.Window, String> href) {
        return island(unit, Map.of("windows", parts(windows, window, zone, unit, href)));
    }

    /** The same, with a colour for each of the greatest groups and one for the rest. */
    static Island stacked(
            Usage total, List<Named> groups, String window, ZoneId zone, Function<Usage.Window, String> href) {
        List<Object> series = new ArrayList<>();
        List<BigDecimal> rest = new ArrayList<>(
                total.parts().stream().map(part -> orZero(part.value())).toList());
        for (Named group : groups.subList(0, Math.min(MOST_SERIES, groups.size()))) {
            List<BigDecimal> values = group.group().windows().stream()
                    .map(part -> orZero(part.value()))
                    .toList();
            for (int i = 0; i < rest.size() && i < values.size(); i++) {
                rest.set(i, rest.get(i).subtract(values.get(i)));
            }
            series.add(series(group.name(), values));
        }
        if (rest.stream().anyMatch(value -> value.signum() != 0)) {
            series.add(Map.of("name", "all others", "values", rest, "rest", true));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("windows", parts(total.parts(), window, zone, total.unitName(), href));
        data.put("series", series);
        return island(total.unitName(), data);
    }

    /** A group and what it is called. */
    record Named(String name, Usage.Group group) {}

    /** A small chart by day. */
    public static Island spark(
            List<Usage.Window> windows, ZoneId zone, @Nullable String unit, Function<Usage.Window, String> href) {
        List<Object> values = windows.stream()
                .<Object>map(part -> {
                    Map<String, @Nullable Object> point = point(part, "day", zone, unit, href);
                    if (orZero(part.value()).signum() == 0) {
                        point.put("value", null); // Nothing is drawn for nothing.
                    }
                    return point;
                })
                .toList();
        return island(unit, Map.of("values", values));
    }

    private static List<Object> parts(
            List<Usage.Window> windows,
            String window,
            ZoneId zone,
            @Nullable String unit,
            Function<Usage.Window, String> href) {
        return windows.stream()
                .<Object>map(part -> point(part, window, zone, unit, href))
                .toList();
    }

    private static Map<String, @Nullable Object> point(
            Usage.Window part, String window, ZoneId zone, @Nullable String unit, Function<Usage.Window, String> href) {
        Map<String, @Nullable Object> point = new LinkedHashMap<>();
        point.put("label", Labels.brief(part.from(), window, zone));
        point.put("title", Labels.full(part.from(), window, zone));
        point.put("value", part.value());
        point.put("text", Figure.with(part.value(), unit));
        point.put("href", part.events() == 0 ? null : href.apply(part));
        return point;
    }

    private static Map<String, Object> series(String name, List<BigDecimal> values) {
        return Map.of("name", name, "values", values);
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    private static Island island(@Nullable String unit, Map<String, Object> data) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(data);
        all.put("unit", unit);
        return new Island(new String(Json.bytes(all), StandardCharsets.UTF_8));
    }
}
