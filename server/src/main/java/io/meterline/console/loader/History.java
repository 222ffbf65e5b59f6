package io.meterline.console.loader;

import io.meterline.console.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last runs of a loader, the oldest first.
 *
 * @param failure the last one that failed; null when none did
 * @param madeUp whether a later one succeeded
 */
public record History(
        List<Run> runs, List<Bar> bars, @Nullable Run failure, boolean madeUp) {

    static final int SHOWN = 24;

    /** Of the drawing, in its own units. */
    public static final int WIDTH = 288;

    /** Of the drawing, in its own units. */
    public static final int HEIGHT = 48;

    private static final int STEP = WIDTH / SHOWN;
    private static final int LEAST = 4;
    private static final int SECONDS = "2026-11-21T06:00:00".length();

    /**
     * A run as it is drawn: the last one stands at the right.
     *
     * @param title what it stands for, in words
     */
    public record Bar(int x, int height, boolean failed, String title, String href) {}

    /** @param latest the newest first */
    static History of(List<Run> latest, String runsPath) {
        List<Run> shown = latest.stream().limit(SHOWN).toList();
        Optional<Run> failure = shown.stream().filter(Run::failed).findFirst();
        boolean madeUp = failure.isPresent()
                && shown.subList(0, shown.indexOf(failure.get())).stream().anyMatch(Run::succeeded);
        return new History(shown.reversed(), bars(shown.reversed(), runsPath), failure.orElse(null), madeUp);
    }

    private static List<Bar> bars(List<Run> runs, String runsPath) {
        long most = runs.stream().mapToLong(Run::rowsRead).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        int x = WIDTH - runs.size() * STEP;
        for (Run run : runs) {
            int height = (int) Math.max(LEAST, run.rowsRead() * HEIGHT / Math.max(1, most));
            bars.add(new Bar(x, height, run.failed(), title(run), runsPath + "/" + run.id()));
            x += STEP;
        }
        return bars;
    }

    private static String title(Run run) {
        String began = run.began().toString();
        String time = began.substring(0, Math.min(SECONDS, began.length())).replace('T', ' ');
        return time + " UTC: " + run.status() + ", " + Formats.number(run.rowsRead()) + " rows";
    }
}
