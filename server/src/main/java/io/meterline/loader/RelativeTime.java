package io.meterline.loader;

import io.meterline.loader.source.Placeholder;
import io.meterline.loader.source.SqlText;
import java.util.regex.Pattern;

/** Finds queries that only look at the last few minutes, hours or days. */
final class RelativeTime {

    private static final Pattern WINDOW = Pattern.compile(
            "(\\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\\s*\\(\\s*\\)"
                    + "|\\b(current_timestamp|current_date|localtimestamp)\\b(\\s*\\(\\s*\\d*\\s*\\))?)"
                    + "(\\s*::\\s*\\w+|\\s+at\\s+time\\s+zone\\s+|\\s*\\))*\\s*-",
            Pattern.CASE_INSENSITIVE);

    private RelativeTime() {}

    static Check check(SqlText query) {
        boolean looksBack = WINDOW.matcher(query.skeleton()).find()
                || RelativeWindow.of(query)
                        .filter(window -> !window.literals().isEmpty())
                        .isPresent();
        if (query.uses(Placeholder.CURSOR) || !looksBack) {
            return Check.passed("relative_time", "The query does not depend on when it runs, or has a cursor.");
        }
        return Check.failed(
                "relative_time",
                "The query looks back a fixed time from now. Rows that come while runs are late or failing are lost.",
                "Better: WHERE updated_at > :cursor, with a cursor. Or take all rows, or look back far longer than an"
                        + " outage may last: reading a row again changes nothing.");
    }
}
