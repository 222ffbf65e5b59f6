package io.meterline.store.duckdb;

import io.meterline.store.Measure;
import io.meterline.store.UsageQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tallies of a figure at its four levels: in all, by window, by group, and by group and window. */
final class Tallies {

    /** The window of a tally that is over all of them. */
    static final int NO_WINDOW = -1;

    private static final long MOST_KEY_CHARACTERS = 32L << 20;

    private final UsageQuery query;
    private final long mostGroups;
    private final Map<List<@Nullable String>, Map<Integer, Tally>> byGroup = new HashMap<>();
    private final Map<Integer, Tally> overall = new HashMap<>();
    private long keyCharacters;

    Tallies(UsageQuery query) {
        this.query = query;
        this.mostGroups = query.mostFigures() / Math.max(1, query.windows().size());
    }

    /** No query has an answer of so many rows that would not be refused. */
    static String limit(UsageQuery query) {
        return query.groupBy().isEmpty() || query.mostFigures() == Long.MAX_VALUE
                ? ""
                : " LIMIT " + (query.mostFigures() + 1);
    }

    /** The tally of a group, or of all groups when {@code group} is null; empty at first. */
    Tally at(@Nullable List<@Nullable String> group, int window) {
        return cells(group).computeIfAbsent(window, ignored -> new Tally());
    }

    /** The tally at a level if anything was found there. */
    @Nullable
    Tally find(@Nullable List<@Nullable String> group, int window) {
        Map<Integer, Tally> cells = group == null ? overall : byGroup.get(group);
        return cells == null ? null : cells.get(window);
    }

    List<List<@Nullable String>> groups() {
        return new ArrayList<>(byGroup.keySet());
    }

    /** Adds a part that was found at the finest level to every level above it. */
    void addFinest(List<@Nullable String> group, int window, Tally part, Measure measure, boolean grouped) {
        at(null, NO_WINDOW).add(part, measure);
        if (window != NO_WINDOW) {
            at(null, window).add(part, measure);
        }
        if (grouped) {
            at(group, NO_WINDOW).add(part, measure);
            if (window != NO_WINDOW) {
                at(group, window).add(part, measure);
            }
        }
    }

    private Map<Integer, Tally> cells(@Nullable List<@Nullable String> group) {
        if (group == null) {
            return overall;
        }
        Map<Integer, Tally> cells = byGroup.get(group);
        if (cells == null) {
            cells = new HashMap<>();
            byGroup.put(group, cells);
            bound(group);
        }
        return cells;
    }

    private void bound(List<@Nullable String> added) {
        for (String key : added) {
            keyCharacters += key == null ? 0 : key.length();
        }
        boolean bounded = query.mostFigures() != Long.MAX_VALUE;
        if (bounded && (byGroup.size() > mostGroups || keyCharacters > MOST_KEY_CHARACTERS)) {
            throw query.tooManyGroups();
        }
    }
}
