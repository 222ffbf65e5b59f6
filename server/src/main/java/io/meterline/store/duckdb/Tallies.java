package io.meterline.store.duckdb;

import io.meterline.store.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tallies of a figure at its four levels: in all, by window, by group, and by group and window. */
final class Tallies {

    /** The window of a tally that is over all of them. */
    static final int NO_WINDOW = -1;

    private final Map<List<@Nullable String>, Map<Integer, Tally>> byGroup = new HashMap<>();
    private final Map<Integer, Tally> overall = new HashMap<>();

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
        return group == null ? overall : byGroup.computeIfAbsent(group, ignored -> new HashMap<>());
    }
}
