package io.meterline.console.loader;

import io.meterline.console.Formats;
import io.meterline.console.loader.Preview.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a query needs, and how far it is there. */
public record Checklist(List<Line> required, List<Line> worth) {

    private static final int MOST_PROPERTIES = 25;
    private static final Set<String> SHOWN = Set.of("id", "customerId", "timestamp", "unique_id", "properties");
    private static final Set<String> ADVICE = Set.of("relative_time", "event_type", "values", "personal_data");
    private static final Set<String> OF_NO_PROPERTY = Set.of("id", "customerId", "timestamp", "customerName");
    private static final List<String> DELETED = List.of("deletedAt", "deleted_at");

    /**
     * One of them.
     *
     * @param state ok, warn, bad or open
     * @param fix the query with it put right; null when we cannot
     */
    public record Line(
            String name,
            String note,
            String state,
            @Nullable String hint,
            @Nullable String fix) {

        static Line ok(String name, String note) {
            return new Line(name, note, "ok", null, null);
        }

        static Line open(String name, String note) {
            return new Line(name, note, "open", null, null);
        }
    }

    /** Before anything was tried. */
    static Checklist untried() {
        return new Checklist(
                List.of(
                        Line.open("id", "one for each record"),
                        Line.open("customerId", "yours or ours"),
                        Line.open("timestamp", "when it happened")),
                List.of(
                        Line.open("customerName", "optional, for new customers"),
                        Line.open("deletedAt", "optional, when it was deleted"),
                        Line.open("properties", "up to 25, id counted")));
    }

    /** Of a loader whose last run read rows. */
    static Checklist proven() {
        return new Checklist(
                List.of(
                        Line.ok("id", "read by the last run"),
                        Line.ok("customerId", "read by the last run"),
                        Line.ok("timestamp", "read by the last run")),
                untried().worth());
    }

    /** As a preview found it. */
    static Checklist of(Preview preview, String query) {
        List<Line> required = new ArrayList<>();
        for (String name : List.of("id", "customerId", "timestamp")) {
            required.add(required(preview, name, query));
        }
        return new Checklist(required, worth(preview));
    }

    private static Line required(Preview preview, String name, String query) {
        Check check = check(preview, name).orElseThrow();
        if (!check.ok()) {
            return new Line(name, check.message(), "bad", check.hint(), QueryFix.of(query, name));
        }
        Optional<Check> unique = check(preview, "unique_id");
        if (name.equals("id") && unique.isPresent()) {
            return unique.get().ok()
                    ? Line.ok(name, preview.type(name) + ", unique in the sample")
                    : new Line(
                            name, unique.get().message(), "warn", unique.get().hint(), null);
        }
        return Line.ok(name, preview.type(name));
    }

    private static List<Line> worth(Preview preview) {
        List<Line> worth = new ArrayList<>();
        worth.add(
                preview.has("customerName")
                        ? Line.ok("customerName", "used for new customers only")
                        : Line.open("customerName", "optional, for new customers"));
        worth.add(properties(preview));
        worth.add(DELETED.stream()
                .filter(preview::has)
                .findFirst()
                .map(name -> new Line(name, "filter it out in the price", "warn", null, null))
                .orElse(Line.open("deletedAt", "rows deleted there stay here without it")));
        for (Check check : preview.checks()) {
            if (!SHOWN.contains(check.name()) && !check.ok()) {
                worth.add(new Line(
                        check.name().replace('_', ' '),
                        check.message(),
                        isOnlyAdvice(check.name()) ? "warn" : "bad",
                        check.hint(),
                        null));
            }
        }
        return worth;
    }

    private static boolean isOnlyAdvice(String check) {
        return ADVICE.contains(check);
    }

    private static Line properties(Preview preview) {
        long count = 1
                + preview.columns().stream()
                        .filter(column -> !OF_NO_PROPERTY.contains(column.name()))
                        .count();
        Optional<Check> failed = check(preview, "properties").filter(check -> !check.ok());
        return failed.map(check -> new Line(
                        Formats.number(count) + " properties",
                        check.message(),
                        "bad",
                        Objects.requireNonNullElse(check.hint(), ""),
                        null))
                .orElse(Line.ok(Formats.number(count) + " of " + MOST_PROPERTIES, "properties, id counted"));
    }

    private static Optional<Check> check(Preview preview, String name) {
        return preview.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst();
    }
}
