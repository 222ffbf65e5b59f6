package io.meterline.loader;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.meterline.event.RuleException;
import io.meterline.event.Timestamps;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The times of a cron text, in UTC. Five fields are those of Unix; a sixth, first, is seconds. */
final class CronTimes {

    private static final CronParser FIVE = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final CronParser SIX =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.SPRING53));
    private static final int MAX_LENGTH = 200;

    // A text by the minute means that minute; one by the second means that second.
    private static final Duration SPREAD = Duration.ofSeconds(30);
    private static final Duration SPREAD_WITH_SECONDS = Duration.ofMillis(500);

    private CronTimes() {}

    /** The text, trimmed. Throws {@link RuleException} {@code invalid_refresh}. */
    static String check(String text) {
        if (text.length() > MAX_LENGTH) {
            throw Refresh.invalid("The cron text is longer than 200 characters.");
        }
        String trimmed = text.strip();
        if (fields(trimmed) != 5 && fields(trimmed) != 6) {
            throw Refresh.invalid("A cron text has five fields, or six with seconds first.");
        }
        try {
            parse(trimmed);
        } catch (IllegalArgumentException e) {
            throw Refresh.invalid("The cron text cannot be read: " + e.getMessage());
        }
        if (next(trimmed, 0) == null) {
            throw Refresh.invalid("The cron text names a day that never comes.");
        }
        return trimmed;
    }

    /** The first time after another one, both µs since 1970; null when there is none. */
    static @Nullable Long next(String text, long afterMicros) {
        return ExecutionTime.forCron(parse(text))
                .nextExecution(Timestamps.instant(afterMicros).atZone(ZoneOffset.UTC))
                .map(next -> Timestamps.micros(next.toInstant()))
                .orElse(null);
    }

    /** How far loaders of one text may be spread. */
    static long spreadMicros(String text) {
        return (fields(text) == 5 ? SPREAD : SPREAD_WITH_SECONDS).toNanos() / 1_000;
    }

    private static Cron parse(String text) {
        return (fields(text) == 5 ? FIVE : SIX).parse(text).validate();
    }

    private static int fields(String text) {
        return text.strip().split("\\s+", -1).length;
    }
}
