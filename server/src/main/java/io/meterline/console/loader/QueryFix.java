package io.meterline.console.loader;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the quotes around an alias that lost its case without them. */
final class QueryFix {

    private QueryFix() {}

    /**
     * The query with the alias quoted.
     *
     * @return null when there is not just one alias that can be meant
     */
    static @Nullable String of(String query, String column) {
        Matcher alias = Pattern.compile("(?i)(\\bas\\s+)" + Pattern.quote(column) + "\\b(?![\"'.(])")
                .matcher(query);
        if (!alias.find()) {
            return null;
        }
        String fixed =
                query.substring(0, alias.start()) + alias.group(1) + '"' + column + '"' + query.substring(alias.end());
        return alias.find() ? null : fixed;
    }
}
