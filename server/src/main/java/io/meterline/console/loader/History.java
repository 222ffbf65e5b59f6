package io.meterline.console.loader;

import io.meterline.console.Formats;
import io.meterline.console.Island;
import io.meterline.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last runs of a loader, the oldest first.
 *
 * @param failure the last one that failed; null when none did
 * @param madeUp whether a later one succeeded
 */
public record History(
        List<Run> runs, Island chart, @Nullable Run failure, boolean madeUp) {

    static final int SHOWN = 24;

    /** @param latest the newest first */
    static History of(List<Run> latest, String runsPath) {
        List<Run> runs = new ArrayList<>(latest.stream().limit(SHOWN).toList()).reversed();
        Optional<Run> failure = latest.stream().limit(SHOWN).filter(Run::failed).findFirst();
        boolean madeUp = failure.isPresent()
                && latest.subList(0, latest.indexOf(failure.get())).stream().anyMatch(Run::succeeded);
        return new History(runs, chart(runs, runsPath), failure.orElse(null), madeUp);
    }

    private static Island chart(List<Run> runs, String runsPath) {
        List<Map<String, Object>> values = runs.stream()
                .map(run -> {
                    Map<String, Object> value = new LinkedHashMap<>();
                    value.put("value", Long.toString(run.rowsRead()));
                    value.put("title", run.began().toString().substring(0, 16).replace('T', ' ') + " UTC");
                    value.put("text", text(run));
                    value.put("failed", run.failed());
                    value.put("href", runsPath + "/" + run.id());
                    return value;
                })
                .toList();
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("unit", "rows");
        chart.put("values", values);
        return new Island(new String(Json.bytes(chart), StandardCharsets.UTF_8));
    }

    private static String text(Run run) {
        String rows = Formats.number(run.rowsRead()) + " rows";
        return run.succeeded() ? rows : run.status() + ", " + rows;
    }
}
