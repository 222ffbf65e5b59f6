package io.meterline.loader;

import io.meterline.loader.source.Bindings;
import io.meterline.loader.source.Placeholder;
import io.meterline.loader.source.RowStream;
import io.meterline.loader.source.SourceMoment;
import io.meterline.loader.source.SourceSession;
import io.meterline.loader.source.SqlText;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What one run asks its source for, and what it will know afterwards. */
final class LoadPlan {

    private final Load.Work work;
    private final SqlText query;
    private final SourceMoment moment;
    private final @Nullable CursorRun cursor;
    private final Bindings bindings;
    private final RunScope scope;

    private LoadPlan(
            Load.Work work, SqlText query, SourceMoment moment, @Nullable CursorRun cursor, SourceSession session) {
        this.work = work;
        this.query = query;
        this.moment = moment;
        this.cursor = cursor;
        this.bindings = cursor == null ? CursorRun.bindings(work.cursor(), moment) : cursor.bindings();
        OptionalLong estimate = session.estimate(query, bindings);
        this.scope = new RunScope(
                estimate.isPresent() ? Long.valueOf(estimate.getAsLong()) : null,
                cursor == null ? null : CursorValues.text(cursor.start()),
                null,
                gapPossible());
    }

    static LoadPlan of(Load.Work work, SourceSession session) {
        SourceMoment moment = session.moment();
        SqlText query = SqlText.parse(
                work.loader().draft().query(), work.address().provider().rules());
        if (work.fullReload()) {
            SqlText asked = query;
            query = RelativeWindow.of(asked)
                    .flatMap(window -> window.opened(asked))
                    .orElse(asked);
        }
        CursorRule rule = work.loader().draft().cursor();
        CursorRun cursor = rule == null || !query.uses(Placeholder.CURSOR)
                ? null
                : new CursorRun(rule, work.cursor(), isFull(work, rule), moment, session.columns(query));
        return new LoadPlan(work, query, moment, cursor, session);
    }

    private static boolean isFull(Load.Work work, CursorRule rule) {
        Duration every = rule.fullReload();
        Long last = work.cursor().lastFullMicros();
        return work.fullReload()
                || (every != null && last != null && work.startedAtMicros() - last >= every.toNanos() / 1_000);
    }

    private boolean gapPossible() {
        Long last = work.cursor().lastRunMicros();
        Optional<RelativeWindow> window = RelativeWindow.of(query);
        return last != null
                && !work.fullReload()
                && window.isPresent()
                && window.get().length().isPositive()
                && moment.nowMicros() - last > window.get().length().toNanos() / 1_000;
    }

    SqlText query() {
        return query;
    }

    Bindings bindings() {
        return bindings;
    }

    RunScope scope() {
        return scope;
    }

    void see(RowStream rows) {
        if (cursor != null) {
            cursor.see(rows);
        }
    }

    CursorState after(OptionalLong next) {
        if (cursor != null) {
            return cursor.after(next, work.startedAtMicros());
        }
        CursorState before = work.cursor();
        return new CursorState(
                before.type(), before.value(), before.points(), CursorRun.lastRun(moment), before.lastFullMicros());
    }
}
