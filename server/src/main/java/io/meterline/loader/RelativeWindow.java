package io.meterline.loader;

import io.meterline.loader.source.SqlText;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a query that only looks at the last minutes, hours or days, as in {@code (updated_at + interval '60
 * minutes') > NOW()}.
 *
 * @param length the shortest one; months count 28 days
 * @param literals where the intervals stand, with their quotes
 */
record RelativeWindow(Duration length, List<Place> literals) {

    private static final Pattern NOW = Pattern.compile(
            "\\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|sysdate|getdate|utc_timestamp)\\s*\\(\\s*\\)"
                    + "|\\b(current_timestamp|current_date|localtimestamp)\\b",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INTERVAL =
            Pattern.compile("\\binterval\\s+((\\d+)\\s+([a-z]+)\\b)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARTS = Pattern.compile("(\\d{1,9})\\s*([a-z]+)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,4}):(\\d{2})(?::(\\d{2}))?");
    private static final Duration EVERYTHING = Duration.ofDays(36_500);

    record Place(int from, int to) {}

    RelativeWindow {
        literals = List.copyOf(literals);
    }

    /** Empty when the query does not depend on when it runs. A length of zero is one that cannot be told. */
    static Optional<RelativeWindow> of(SqlText query) {
        if (!NOW.matcher(query.skeleton()).find()) {
            return Optional.empty();
        }
        List<Place> places = new ArrayList<>();
        Duration shortest = null;
        Matcher interval = INTERVAL.matcher(query.skeleton());
        while (interval.find()) {
            boolean bare = interval.group(1) != null;
            Place place = bare
                    ? new Place(interval.start(1), interval.end(1))
                    : quoted(query.statement(), interval.start() + "interval".length());
            Duration length =
                    length(query.statement().substring(place.from(), place.to()).replace("'", ""));
            if (place.to() > place.from() && !length.isZero()) {
                places.add(place);
                shortest = shortest == null || length.compareTo(shortest) < 0 ? length : shortest;
            }
        }
        return Optional.of(new RelativeWindow(shortest == null ? Duration.ZERO : shortest, places));
    }

    /** The query with its window opened wide, when it has just one interval to open. */
    Optional<SqlText> opened(SqlText query) {
        if (literals.size() != 1) {
            return Optional.empty();
        }
        Place place = literals.getFirst();
        String literal = query.statement().charAt(place.from()) == '\''
                ? "'" + EVERYTHING.toDays() + " days'"
                : EVERYTHING.toDays() + " DAY";
        return Optional.of(SqlText.parseForAny(query.statement().substring(0, place.from())
                + literal
                + query.statement().substring(place.to())));
    }

    private static Place quoted(String statement, int from) {
        int open = from;
        while (open < statement.length() && Character.isWhitespace(statement.charAt(open))) {
            open++;
        }
        int close =
                open < statement.length() && statement.charAt(open) == '\'' ? statement.indexOf('\'', open + 1) : -1;
        return close < 0 ? new Place(from, from) : new Place(open, close + 1);
    }

    private static Duration length(String text) {
        String interval = text.strip();
        Matcher clock = CLOCK.matcher(interval);
        if (clock.matches()) {
            String seconds = clock.group(3);
            return Duration.ofHours(Long.parseLong(clock.group(1)))
                    .plusMinutes(Long.parseLong(clock.group(2)))
                    .plusSeconds(seconds == null ? 0 : Long.parseLong(seconds));
        }
        if (interval.startsWith("P")) {
            try {
                return Duration.parse(interval);
            } catch (DateTimeParseException e) {
                return Duration.ZERO;
            }
        }
        Duration sum = Duration.ZERO;
        Matcher parts = PARTS.matcher(interval);
        int at = 0;
        while (parts.find() && parts.start() == at) {
            sum = sum.plus(unit(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1))));
            at = parts.end();
        }
        return at == interval.length() ? sum : Duration.ZERO;
    }

    private static Duration unit(String name) {
        String unit = name.toLowerCase(Locale.ROOT);
        return switch (unit.endsWith("s") && unit.length() > 1 ? unit.substring(0, unit.length() - 1) : unit) {
            case "second", "sec", "s" -> Duration.ofSeconds(1);
            case "minute", "min" -> Duration.ofMinutes(1);
            case "hour", "hr", "h" -> Duration.ofHours(1);
            case "day", "d" -> Duration.ofDays(1);
            case "week", "w" -> Duration.ofDays(7);
            case "month", "mon" -> Duration.ofDays(28);
            case "year", "yr", "y" -> Duration.ofDays(365);
            default -> Duration.ZERO;
        };
    }
}
