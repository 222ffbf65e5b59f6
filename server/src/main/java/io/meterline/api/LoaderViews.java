package io.meterline.api;

import io.meterline.event.PropertyValue;
import io.meterline.event.Timestamps;
import io.meterline.ingest.ExcessDigits;
import io.meterline.loader.Check;
import io.meterline.loader.CursorRule;
import io.meterline.loader.Loader;
import io.meterline.loader.LoaderDraft;
import io.meterline.loader.LoaderSchedule;
import io.meterline.loader.Loaders;
import io.meterline.loader.Preview;
import io.meterline.loader.Run;
import io.meterline.loader.RunCounts;
import io.meterline.loader.RunState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loaders, runs and previews as they go out. */
final class LoaderViews {

    private final InstantSource clock;

    LoaderViews(InstantSource clock) {
        this.clock = clock;
    }

    record LoaderView(
            String id,
            String name,
            String connectionId,
            String eventType,
            String query,
            String refresh,
            @Nullable CursorView cursor,
            LoaderDraft.Identity identity,
            LoaderDraft.ExcessProperties excessProperties,
            ExcessDigits excessDigits,
            @Nullable Long maxRows,
            @Nullable Long maxBytes,
            String createdAt,
            String updatedAt,
            boolean paused,
            @Nullable String nextRunAt,
            Health health,
            @Nullable String failingSince,
            @Nullable RunView lastRun) {}

    enum Health {
        OK,
        /** The last run failed of something that may pass, and is tried again. */
        RETRYING,
        /** Somebody should look. */
        FAILING
    }

    record CursorView(
            String column,
            @Nullable String initial,
            @Nullable String overlap,
            String fullReload,
            @Nullable String value) {}

    record RunView(
            String id,
            String status,
            int attempt,
            boolean fullReload,
            @Nullable Long estimatedRows,
            long rowsRead,
            long rowsWritten,
            long rowsCreated,
            long rowsCorrected,
            long rowsUnchanged,
            long rowsIgnored,
            long rowsRepeated,
            long rowsSetAside,
            long numbersRounded,
            long customersCreated,
            @Nullable Long rowsPerSecond,
            String queuedAt,
            @Nullable String startedAt,
            @Nullable String finishedAt,
            @Nullable Note error,
            List<Note> warnings,
            @Nullable String cursorBefore,
            @Nullable String cursorAfter) {}

    record Note(String code, String message) {}

    record PreviewView(
            List<Check> checks, List<ColumnView> columns, List<Map<String, @Nullable Object>> rows, long tookMs) {}

    record ColumnView(String name, String type) {}

    LoaderView loader(Loaders.WithRun found) {
        Loader loader = found.loader();
        LoaderDraft draft = loader.draft();
        LoaderSchedule schedule = found.schedule();
        return new LoaderView(
                loader.id(),
                draft.name(),
                draft.connectionId(),
                draft.eventType(),
                draft.query(),
                draft.refresh().text(),
                cursor(draft.cursor(), found.cursor()),
                draft.identity(),
                draft.excessProperties(),
                draft.excessDigits(),
                limit(draft.limits().rows()),
                limit(draft.limits().bytes()),
                Timestamps.text(loader.createdAtMicros()),
                Timestamps.text(loader.updatedAtMicros()),
                schedule.isPaused(),
                text(schedule.nextRunAtMicros()),
                health(schedule),
                text(schedule.failingSinceMicros()),
                found.lastRun().map(this::run).orElse(null));
    }

    RunView run(Run run) {
        RunCounts counts = run.counts();
        RunState.RunError error = run.state() instanceof RunState.Failed failed ? failed.error() : null;
        Long finished = run.state() instanceof RunState.Ended ended ? ended.finishedAtMicros() : null;
        return new RunView(
                run.id(),
                run.state().status(),
                run.attempt(),
                run.fullReload(),
                run.scope().estimatedRows(),
                counts.read(),
                counts.written(),
                counts.created(),
                counts.corrected(),
                counts.unchanged(),
                counts.ignored(),
                counts.repeated(),
                counts.setAside(),
                counts.rounded(),
                counts.customersCreated(),
                run.rowsPerSecond(Timestamps.micros(clock.instant())),
                Timestamps.text(run.queuedAtMicros()),
                text(run.state().startedAt()),
                text(finished),
                error == null ? null : new Note(error.code(), error.message()),
                warnings(run),
                run.scope().cursorBefore(),
                run.scope().cursorAfter());
    }

    private static @Nullable CursorView cursor(@Nullable CursorRule rule, @Nullable String value) {
        if (rule == null) {
            return null;
        }
        Duration full = rule.fullReload();
        return new CursorView(
                rule.column(), rule.initial(), rule.overlap(), full == null ? CursorRule.NEVER : text(full), value);
    }

    private static @Nullable Long limit(long most) {
        return most == 0 ? null : Long.valueOf(most);
    }

    private static Health health(LoaderSchedule schedule) {
        if (schedule.isFailing()) {
            return Health.FAILING;
        }
        return schedule.failedAttempts() > 0 ? Health.RETRYING : Health.OK;
    }

    static PreviewView preview(Preview preview) {
        List<ColumnView> columns = preview.columns().stream()
                .map(column -> new ColumnView(column.name(), column.type()))
                .toList();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (List<PropertyValue> cells : preview.rows()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i).name(), json(cells.get(i)));
            }
            rows.add(row);
        }
        return new PreviewView(preview.checks(), columns, rows, preview.tookMillis());
    }

    private static List<Note> warnings(Run run) {
        RunCounts counts = run.counts();
        List<Note> warnings = new ArrayList<>();
        if (run.scope().gapPossible()) {
            warnings.add(new Note(
                    "gap_possible",
                    "More time had passed since the last successful run than the query looks back, so rows may be missing."
                            + " Run once with full_reload, or use a cursor."));
        }
        if (counts.repeated() > 0) {
            warnings.add(new Note(
                    "repeated_ids",
                    counts.repeated() + " rows had the id of an earlier row of the same result; the last one was kept."
                            + " Return a column that is different in every row as id."));
        }
        if (counts.setAside() > 0) {
            warnings.add(new Note(
                    "rows_set_aside",
                    counts.setAside() + " rows broke a rule. The rejected events hold up to 1000 of them with their"
                            + " reasons."));
        }
        if (counts.rounded() > 0) {
            warnings.add(new Note(
                    "numbers_rounded",
                    counts.rounded() + " numbers had more than 18 fractional digits and were rounded."));
        }
        return warnings;
    }

    private static @Nullable Object json(PropertyValue value) {
        return switch (value) {
            case PropertyValue.Text text -> text.value();
            case PropertyValue.Number number -> number.value();
            case PropertyValue.Bool bool -> bool.value();
            case PropertyValue.Null _ -> null;
            case PropertyValue.Array array ->
                array.elements().stream().map(LoaderViews::json).toList();
        };
    }

    private static @Nullable String text(@Nullable Long micros) {
        return micros == null ? null : Timestamps.text(micros);
    }

    private static String text(Duration duration) {
        boolean days = duration.equals(Duration.ofDays(duration.toDays()));
        return days ? "P" + duration.toDays() + "D" : duration.toString();
    }
}
