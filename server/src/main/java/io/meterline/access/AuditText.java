package io.meterline.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The texts of the audit log: short enough, and such that a name can be found in them. */
final class AuditText {

    /** Most characters of a JSON text. */
    static final int MOST = 16_384;

    /** Most characters of a path or an action. */
    static final int MOST_OF_A_LINE = 1_024;

    /** What a text that was cut ends with, before its length. */
    static final String CUT = " … cut off, of ";

    private AuditText() {}

    /**
     * JSON, cut between two values when it is too long: half of a name could not be found again when it has to go. Where there
     * is nothing to cut at, all of it is left out.
     */
    static @Nullable String capped(@Nullable String json) {
        if (json == null || json.length() <= MOST) {
            return json;
        }
        return json.substring(0, lastPlaceBetweenValues(json)) + CUT + json.length() + " characters";
    }

    static String line(String text) {
        return text.length() <= MOST_OF_A_LINE ? text : text.substring(0, MOST_OF_A_LINE) + "…";
    }

    /** A path as people read it. One that is encoded wrongly stays as it is. */
    static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static int lastPlaceBetweenValues(String json) {
        boolean quoted = false;
        int last = 0;
        for (int i = 0; i < MOST; i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '{' || c == '[')) {
                last = i + 1;
            }
        }
        return last;
    }
}
