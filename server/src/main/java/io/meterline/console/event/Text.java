package io.meterline.console.event;

import io.meterline.http.Json;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;

/** JSON as people read it. */
final class Text {

    private static final PrettyPrinter PRINTER = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));

    private Text() {}

    /** With each property on a line of its own. */
    static String pretty(JsonNode json) {
        return Json.mapper().writer().with(PRINTER).writeValueAsString(json);
    }
}
