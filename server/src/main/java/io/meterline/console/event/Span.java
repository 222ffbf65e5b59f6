package io.meterline.console.event;

import io.meterline.console.Choice;
import io.meterline.http.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The times that a list of events is about.
 *
 * @param from null for the beginning
 * @param to end, not part of it; null for none
 * @param label as in <em>last 15 minutes</em>
 */
public record Span(@Nullable Instant from, @Nullable Instant to, String label) {

    private static final String ANY_TIME = "any time";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final SequencedMap<String, Duration> LENGTHS = new LinkedHashMap<>();
    private static final List<Choice> CHOICES = List.of(
            new Choice("15m", "15 minutes"),
            new Choice("1h", "hour"),
            new Choice("24h", "24 hours"),
            new Choice("7d", "7 days"),
            new Choice("30d", "30 days"));

    static {
        LENGTHS.put("15m", Duration.ofMinutes(15));
        LENGTHS.put("1h", Duration.ofHours(1));
        LENGTHS.put("24h", Duration.ofDays(1));
        LENGTHS.put("7d", Duration.ofDays(7));
        LENGTHS.put("30d", Duration.ofDays(30));
    }

    /** What can be asked for by {@code last}, and how each is called. */
    public static List<Choice> choices() {
        return CHOICES;
    }

    /** By {@code last}, or by {@code from} and {@code to}; all times when none is given. */
    static Span of(Query query, Instant now) {
        String last = query.text("last").orElse(null);
        if (last != null) {
            Duration length = LENGTHS.get(last);
            if (length == null) {
                throw Query.invalid("last", "must be one of " + String.join(", ", LENGTHS.sequencedKeySet()));
            }
            // Cut, so that the rows of two looks within a second begin at the same.
            return new Span(now.truncatedTo(ChronoUnit.SECONDS).minus(length), null, label(last));
        }
        Instant from = query.instant("from").orElse(null);
        Instant to = query.instant("to").orElse(null);
        return new Span(from, to, label(from, to));
    }

    private static String label(@Nullable Instant from, @Nullable Instant to) {
        if (from == null) {
            return to == null ? ANY_TIME : "before " + text(to) + " UTC";
        }
        return to == null ? "since " + text(from) + " UTC" : text(from) + " – " + text(to) + " UTC";
    }

    private static String text(Instant time) {
        boolean midnight = time.truncatedTo(ChronoUnit.DAYS).equals(time);
        return (midnight ? DAY : MINUTE).format(time.atOffset(ZoneOffset.UTC));
    }

    private static String label(String last) {
        return CHOICES.stream()
                .filter(choice -> choice.value().equals(last))
                .map(choice -> "last " + choice.label())
                .findFirst()
                .orElse(last);
    }
}
