package io.meterline.console.settings;

import io.meterline.access.AuditChange;
import java.util.Map;

/** What was done, in words: {@code changed a product}, {@code closed a statement}. */
final class ActionWords {

    private static final Map<String, String> THINGS = Map.ofEntries(
            Map.entry("api-keys", "an API key"),
            Map.entry("settings", "the settings"),
            Map.entry("customers", "a customer"),
            Map.entry("events", "events"),
            Map.entry("aggregators", "an aggregator"),
            Map.entry("products", "a product"),
            Map.entry("subscriptions", "a subscription"),
            Map.entry("statements", "a statement"),
            Map.entry("simulations", "a simulation"),
            Map.entry("connections", "a connection"),
            Map.entry("loaders", "a data loader"),
            Map.entry("imports", "an import"));

    private static final Map<String, String> DEEDS = Map.ofEntries(
            Map.entry("change", "changed the terms of"),
            Map.entry("cancel", "canceled"),
            Map.entry("close", "closed"),
            Map.entry("archive", "archived"),
            Map.entry("confirm", "confirmed"),
            Map.entry("merge", "merged"),
            Map.entry("erase", "erased the personal data of"),
            Map.entry("pause", "paused"),
            Map.entry("resume", "resumed"),
            Map.entry("replay", "replayed"),
            Map.entry("run", "ran"),
            Map.entry("cursor", "moved the cursor of"),
            Map.entry("test", "tested"));

    private ActionWords() {}

    static String of(AuditChange change) {
        String[] words = change.action().split(" ", 2);
        if (words.length < 2 || !words[1].startsWith("/v1/")) {
            return change.action();
        }
        String[] parts = words[1].substring("/v1/".length()).split("/", -1);
        String thing = words[1].contains("/runs/")
                ? "a run of a data loader"
                : THINGS.getOrDefault(parts[0], parts[0].replace('-', ' '));
        String last = parts[parts.length - 1];
        boolean acts = parts.length > 1 && !last.startsWith("{");
        if (acts) {
            return words[0].equals("DELETE")
                    ? "took back the " + last + " of " + thing
                    : DEEDS.getOrDefault(last, last + ":") + " " + thing;
        }
        return switch (words[0]) {
            case "POST" -> "created " + thing;
            case "DELETE" -> "deleted " + thing;
            default -> "changed " + thing;
        };
    }
}
