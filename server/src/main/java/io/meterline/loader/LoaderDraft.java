package io.meterline.loader;

import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.ingest.EventTypeName;
import io.meterline.ingest.ExcessDigits;
import io.meterline.ingest.InvalidEventException;
import io.meterline.loader.source.SqlText;

/**
 * What a person says about a loader. Throws {@link RuleException}: {@code invalid_name}, {@code invalid_event_type}, and
 * those of {@link SqlText#parse}.
 *
 * @param connectionId {@code con_…}
 * @param eventType type of the events that its rows become
 * @param query one SQL statement that returns {@code id}, {@code customerId} and {@code timestamp}
 * @param excessDigits what becomes of a number with more than 18 fractional digits
 */
public record LoaderDraft(
        String name,
        String connectionId,
        String eventType,
        String query,
        Identity identity,
        ExcessProperties excessProperties,
        ExcessDigits excessDigits) {

    public LoaderDraft {
        Names.check(name);
        checkEventType(eventType);
        Placeholders.refuse(SqlText.parse(query));
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

    private static void checkEventType(String eventType) {
        try {
            EventTypeName.check(eventType);
        } catch (InvalidEventException e) {
            throw new RuleException(
                    Kind.INVALID, e.error().code().text(), e.error().message());
        }
    }
}
