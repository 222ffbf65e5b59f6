package io.meterline.loader;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.ingest.EventTypeName;
import io.meterline.ingest.ExcessDigits;
import io.meterline.ingest.InvalidEventException;
import io.meterline.loader.source.Placeholder;
import io.meterline.loader.source.RowLimits;
import io.meterline.loader.source.SqlText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person says about a loader. Throws {@link RuleException}: {@code invalid_name}, {@code invalid_event_type}, and
 * those of {@link SqlText#parse},
 * {@code cursor_required} when the query has {@code :cursor} and there is no cursor, {@code cursor_unused}
 * the other way round.
 *
 * @param connectionId {@code con_…}
 * @param eventType type of the events that its rows become
 * @param query one SQL statement that returns {@code id}, {@code customerId} and {@code timestamp}
 * @param cursor how it reads only what is new; null to read all rows each time
 * @param excessDigits what becomes of a number with more than 18 fractional digits
 * @param limits how much a run may read, within the limits of the server
 */
public record LoaderDraft(
        String name,
        String connectionId,
        String eventType,
        String query,
        Refresh refresh,
        @Nullable CursorRule cursor,
        Identity identity,
        ExcessProperties excessProperties,
        ExcessDigits excessDigits,
        RowLimits limits) {

    public LoaderDraft {
        Names.check(name);
        checkEventType(eventType);
        checkCursor(SqlText.parseForAny(query), cursor);
    }

    /** What makes two rows the same record. */
    public enum Identity {
        /** The id together with the customer: the same id under another customer is another record. */
        ID_AND_CUSTOMER,
        /** The id alone: a row whose customer changes moves to the new one. */
        ID
    }

    /** What becomes of more than 25 properties. */
    public enum ExcessProperties {
        /** The run fails and says so. */
        FAIL,
        /** The first 25, id included, are kept. */
        KEEP_FIRST
    }

    /** True when a saved cursor of this one means the same to the other. */
    boolean readsAs(LoaderDraft other) {
        return query.equals(other.query)
                && connectionId.equals(other.connectionId)
                && Objects.equals(cursorColumn(), other.cursorColumn());
    }

    private @Nullable String cursorColumn() {
        return cursor == null ? null : cursor.column();
    }

    /** Throws {@link RuleException}: {@code cursor_required}, {@code cursor_unused}. */
    static void checkCursor(SqlText query, @Nullable CursorRule cursor) {
        if (query.uses(Placeholder.CURSOR) && cursor == null) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "cursor_required",
                    "The query has :cursor. Say which column it follows: \"cursor\": {\"column\": \"updated_at\"}.");
        }
        if (!query.uses(Placeholder.CURSOR) && cursor != null) {
            throw new RuleException(
                    Kind.UNPROCESSABLE,
                    "cursor_unused",
                    "The query has no :cursor, so it would read all rows each time. Add: WHERE " + cursor.column()
                            + " > :cursor, or leave the cursor out.");
        }
    }

    private static void checkEventType(String eventType) {
        try {
            EventTypeName.check(eventType);
        } catch (InvalidEventException e) {
            throw new RuleException(
                    Kind.INVALID, e.error().code().text(), e.error().message());
        }
    }
}
