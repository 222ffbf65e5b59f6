package io.meterline.console;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import tools.jackson.databind.JsonNode;

/**
 * How a thing stood when a form was opened on it, so that of two tabs that edit it the later does not silently undo the
 * earlier.
 */
public final class Seen {

    /** The field of the form. */
    public static final String FIELD = "seen";

    private Seen() {}

    /** What the form keeps. */
    public static String of(JsonNode thing) {
        CRC32C sum = new CRC32C();
        sum.update(thing.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /** Whether the thing at a path of the API still stands as the form of this visit saw it. */
    public static boolean still(Visit visit, String target) {
        return of(visit.api().json(target)).equals(visit.fields().raw(FIELD));
    }

    /** What is said when it does not. */
    public static Refused changedMeanwhile() {
        return Refused.because(
                "This was changed while you edited it. What you typed is still here; look at the thing in another tab, then "
                        + "save again to put yours in its place.");
    }
}
