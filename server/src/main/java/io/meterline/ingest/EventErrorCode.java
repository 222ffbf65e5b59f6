package io.meterline.ingest;

import java.util.Locale;

/** Why an event is refused. The codes are stable; docs/reference/errors.md lists them. */
public enum EventErrorCode {
    INVALID_JSON("This is not valid JSON. Send one JSON object, encoded in UTF-8."),
    NOT_AN_OBJECT("An event is a JSON object with customer_id, event_type, timestamp and record."),
    MISSING_FIELD("A required field is missing. Send customer_id, event_type, timestamp, record and record.id."),
    UNKNOWN_FIELD("An event has no such field. Put your own properties into record."),
    DUPLICATE_FIELD("A name stands twice in one object. Send it once."),
    INVALID_CUSTOMER_ID("customer_id is a text of 1 to 255 characters: our id of the customer or your own."),
    UNKNOWN_CUSTOMER("There is no such customer. Create it first, or send your own id of the customer."),
    INVALID_EVENT_TYPE("event_type is a text of 1 to 128 characters: letters a to z, digits and _ - . : only."),
    INVALID_TIMESTAMP("timestamp is ISO 8601 (2026-01-05T21:56:52Z), YYYY-MM-DD HH:MM:SS, or epoch milliseconds."),
    TIMESTAMP_LOOKS_LIKE_SECONDS("timestamp looks like epoch seconds. Send epoch milliseconds."),
    TIMESTAMP_IN_FUTURE("timestamp lies too far in the future; it would block every later correction."),
    INVALID_RECORD("record is a flat JSON object with an id and your properties."),
    INVALID_RECORD_ID("record.id is an integer or a text of at least one character."),
    INVALID_PROPERTY_NAME("The name of a property has 1 to 128 characters."),
    TOO_MANY_RECORD_PROPERTIES("A record has at most 25 properties, id included."),
    NESTED_OBJECT("A property cannot be an object. Flatten it into properties of their own."),
    ARRAY_OF_OBJECTS("An array cannot hold objects, only text, numbers, booleans and null."),
    NESTED_ARRAY("An array cannot hold another array."),
    STRING_TOO_LONG("A text has at most 8 KiB in UTF-8."),
    INVALID_TEXT("A text cannot hold the character U+0000 or half of a surrogate pair."),
    EVENT_TOO_LARGE("An event has at most 64 KiB."),
    NUMBER_TOO_LARGE("A number has at most 20 digits before the point."),
    NUMBER_TOO_PRECISE("A number has at most 18 digits after the point."),
    TOO_MANY_EVENT_TYPES("This environment has 1,000 event types already. Use one of them."),
    TOO_MANY_PROPERTIES("This event type has 500 properties (one for each kind of value) already. Use one of them."),
    OVERLOADED("More is coming in than can be written. Send this event again after a second."),
    DISK_FULL("The server's disk is full. Send this event again when there is room."),
    NOT_WRITTEN("The event could not be written. Send it again.");

    private final String sentence;

    EventErrorCode(String sentence) {
        this.sentence = sentence;
    }

    /** The code in answers, snake_case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** False when sending the very same event again may succeed. */
    boolean isTheCallersFault() {
        return this != OVERLOADED && this != DISK_FULL && this != NOT_WRITTEN;
    }

    /** What is wrong and what to do, for a person. */
    public String sentence() {
        return sentence;
    }

    /** This fault at a place in an event, such as {@code record.amount}; empty for the event as a whole. */
    public EventError at(String path) {
        return new EventError(this, path, sentence);
    }
}
