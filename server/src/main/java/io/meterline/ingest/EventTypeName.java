package io.meterline.ingest;

/** The rule on names of event types: 1..128 of ASCII letters, digits and {@code _ - . :}. */
public final class EventTypeName {

    private static final int MAX_LENGTH = 128;

    private EventTypeName() {}

    /** Returns the name. Throws {@link InvalidEventException} with {@code invalid_event_type} when it breaks the rule. */
    public static String check(String name) {
        if (!isOne(name)) {
            throw new InvalidEventException(EventErrorCode.INVALID_EVENT_TYPE, "event_type");
        }
        return name;
    }

    static boolean isOne(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!allowed(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean allowed(char c) {
        return switch (c) {
            case '_', '-', '.', ':' -> true;
            default -> isBetween(c, 'a', 'z') || isBetween(c, 'A', 'Z') || isBetween(c, '0', '9');
        };
    }

    private static boolean isBetween(char c, char first, char last) {
        return c >= first && c <= last;
    }
}
