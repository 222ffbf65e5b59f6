package io.meterline.ingest;

/**
 * The rules on records: how many properties, what names, how much text. Each method throws {@link InvalidEventException}
 * without a path; the caller knows where it is.
 */
public final class RecordRules {

    /** Most properties of a record, its id included. */
    public static final int MAX_PROPERTIES = 25;

    /** Most characters (code points) of a property's name. */
    public static final int MAX_NAME_LENGTH = 128;

    /** Most bytes of a text in UTF-8. */
    public static final int MAX_TEXT_BYTES = 8 * 1024;

    /** Most bytes of an event, as sent. */
    public static final int MAX_EVENT_BYTES = 64 * 1024;

    private static final int MAX_CUSTOMER_ID_LENGTH = 255;

    private RecordRules() {}

    /** Returns the name of a property when it is one. */
    public static String name(String name) {
        boolean tooLong = name.length() > MAX_NAME_LENGTH && name.codePointCount(0, name.length()) > MAX_NAME_LENGTH;
        if (name.isEmpty() || tooLong) {
            throw new InvalidEventException(EventErrorCode.INVALID_PROPERTY_NAME, "");
        }
        return wellFormed(name);
    }

    /** Returns a text of at most 8 KiB. */
    public static String text(String text) {
        boolean surelyFits = text.length() * 3L <= MAX_TEXT_BYTES;
        if (!surelyFits && bytes(text) > MAX_TEXT_BYTES) {
            throw new InvalidEventException(EventErrorCode.STRING_TOO_LONG, "");
        }
        return wellFormed(text);
    }

    /** Returns the text of a record's id: an integer in digits or a text, never empty. */
    public static String recordId(String id) {
        if (id.isEmpty()) {
            throw new InvalidEventException(EventErrorCode.INVALID_RECORD_ID, "");
        }
        return text(id);
    }

    /** Returns a customer's id, ours or the company's own. */
    public static String customerId(String id) {
        if (id.isBlank() || id.length() > MAX_CUSTOMER_ID_LENGTH) {
            throw new InvalidEventException(EventErrorCode.INVALID_CUSTOMER_ID, "");
        }
        return wellFormed(id);
    }

    /** Checks the number of properties, id included. */
    public static void count(int properties) {
        if (properties > MAX_PROPERTIES) {
            throw new InvalidEventException(EventErrorCode.TOO_MANY_RECORD_PROPERTIES, "");
        }
    }

    /** Checks the size of an event, in bytes of UTF-8. */
    public static void size(long bytes) {
        if (bytes > MAX_EVENT_BYTES) {
            throw new InvalidEventException(EventErrorCode.EVENT_TOO_LARGE, "");
        }
    }

    /** Length in UTF-8 of a text without halves of surrogate pairs. */
    public static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair stands for 2 of its 4 bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    // PostgreSQL cannot hold U+0000, and half a pair has no UTF-8: two such ids would become one.
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                if (c == 0 || !startsPair(text, i)) {
                    throw new InvalidEventException(EventErrorCode.INVALID_TEXT, "");
                }
                i++;
            }
        }
        return text;
    }

    private static boolean startsPair(String text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }
}
