package io.meterline.console.settings;

import io.meterline.console.Choice;
import io.meterline.console.Pager;
import io.meterline.console.Tab;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page of the audit log.
 *
 * @param wanted what it is filtered by
 * @param person whose changes are shown, in words
 * @param opened the entry that is shown beside the list
 * @param path of the page without filters
 * @param back the list without an entry
 */
public record AuditPage(
        List<Tab> tabs,
        List<Row> rows,
        Map<String, String> wanted,
        String person,
        List<Choice> people,
        @Nullable Pager pager,
        @Nullable Opened opened,
        String path,
        String back) {

    /** What the log can be narrowed to, by what paths begin with. */
    public static final List<Choice> THINGS = List.of(
            new Choice("", "anything"),
            new Choice("/v1/customers", "customers"),
            new Choice("/v1/events", "events"),
            new Choice("/v1/loaders", "data loaders"),
            new Choice("/v1/connections", "connections"),
            new Choice("/v1/aggregators", "aggregators"),
            new Choice("/v1/products", "products"),
            new Choice("/v1/subscriptions", "subscriptions"),
            new Choice("/v1/statements", "statements"),
            new Choice("/v1/api-keys", "API keys"),
            new Choice("/v1/settings", "settings"),
            new Choice("/users", "users"));

    /** A line of the log. */
    public record Row(
            String id,
            Instant at,
            String who,
            String kind,
            String action,
            String target,
            String environment,
            String href) {}

    /** An entry with what was before and after. */
    public record Opened(
            Row row,
            String path,
            @Nullable String requestId,
            boolean erased,
            @Nullable String before,
            @Nullable String after,
            JsonDiff diff) {
        /** Whether anything is known of the thing. */
        public boolean hasJson() {
            return before != null || after != null;
        }
    }

    /** What a filter is set to; empty for nothing. */
    public String is(String filter) {
        return wanted.getOrDefault(filter, "");
    }

    /** What is filtered for, in words. */
    public String thing() {
        String path = is("path");
        return THINGS.stream()
                .filter(choice -> choice.value().equals(path))
                .map(Choice::label)
                .findFirst()
                .orElse(path);
    }

    /** The days that are shown, in words. */
    public String days() {
        String from = is("from");
        String to = is("to");
        if (from.isEmpty()) {
            return to.isEmpty() ? "any time" : "until " + to;
        }
        return to.isEmpty() ? "since " + from : from + " to " + to;
    }
}
