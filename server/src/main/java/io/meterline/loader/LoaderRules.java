package io.meterline.loader;

import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.loader.source.Placeholder;
import io.meterline.loader.source.RowLimits;
import io.meterline.loader.source.SqlText;
import org.jdbi.v3.core.Handle;

/** What must hold before a loader is stored, changed or run. What does not is a {@link RuleException}. */
final class LoaderRules {

    private final Connections connections;
    private final RowLimits most;

    /** Of loaders over these connections, none of which reads more than {@code most} in a run. */
    LoaderRules(Connections connections, RowLimits most) {
        this.connections = connections;
        this.most = most;
    }

    /** The limits are within the server's, and the connection takes the query. */
    void requirePossible(Environment environment, LoaderDraft draft) {
        requireWithin(draft.limits());
        SqlText.parse(
                draft.query(),
                connections
                        .get(environment, draft.connectionId())
                        .address()
                        .provider()
                        .rules());
    }

    private void requireWithin(RowLimits limits) {
        if (!limits.isWithin(most)) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "limit_too_high",
                    "max_rows and max_bytes may not pass the server's loader.max_rows (" + shown(most.rows())
                            + ") and loader.max_bytes (" + shown(most.bytes()) + ").");
        }
    }

    private static String shown(long limit) {
        return limit == 0 ? "none" : Long.toString(limit);
    }

    /** The events keep their keys, else those made before would stay behind. */
    static void requireSameKeys(LoaderDraft before, LoaderDraft after) {
        requireSame(before.eventType().equals(after.eventType()), "event_type");
        requireSame(before.identity() == after.identity(), "identity");
    }

    private static void requireSame(boolean same, String field) {
        if (!same) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    field + "_is_fixed",
                    field + " of a data loader cannot change, because its events would stay behind. Make a new one.");
        }
    }

    /** Forgets the saved cursor, which the caller must have allowed where there is one. */
    static void requireReset(Handle handle, String id, boolean resetCursor) {
        CursorState state = CursorRows.byLoader(handle, id);
        if (state.value() != null && !resetCursor) {
            throw new RuleException(
                    Kind.CONFLICT,
                    "cursor_would_reset",
                    "Another query, connection or cursor column starts from the beginning: the saved cursor "
                            + state.value() + " is forgotten. Send it again with ?reset_cursor=true.");
        }
        if (state.value() != null) {
            requireNoRun(handle, id);
        }
        CursorRows.save(handle, id, CursorState.NONE);
    }

    /** No run is queued or going on. */
    static void requireNoRun(Handle handle, String id) {
        if (RunRows.active(handle, id).isPresent()) {
            throw new RuleException(
                    Kind.CONFLICT, "loader_is_running", "This data loader is running. Cancel the run first.");
        }
    }

    /** Everything can be read, whatever the query says of the time. */
    static void requireOpenable(SqlText query) {
        boolean closed = RelativeWindow.of(query)
                .filter(window -> window.opened(query).isEmpty())
                .isPresent();
        if (closed && !query.uses(Placeholder.CURSOR)) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "full_reload_not_possible",
                    "The query depends on the time in a way that we cannot open. Widen it yourself for one run.");
        }
    }
}
