package io.meterline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampRulesTest {

    private final TimestampRules rules = Parsing.timestamps();

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T21:56:52Z, 2026-01-05T21:56:52Z",
        "2023-11-12T00:00:00.000Z, 2023-11-12T00:00:00Z",
        "2022-01-05 21:56:52, 2022-01-05T21:56:52Z",
        "2022-01-05 21:56:52.5, 2022-01-05T21:56:52.5Z",
        "2022-01-05T21:56:52, 2022-01-05T21:56:52Z",
        "2022-01-05T21:56, 2022-01-05T21:56:00Z",
        "2022-01-05, 2022-01-05T00:00:00Z",
        "2022-01-05t21:56:52z, 2022-01-05T21:56:52Z",
        "2022-01-05T21:56:52.123456789123Z, 2022-01-05T21:56:52.123456Z",
        "2022-01-05T21:56:52+02:00, 2022-01-05T19:56:52Z",
        "2022-01-05T21:56:52-0330, 2022-01-06T01:26:52Z",
        "2022-01-05 21:56:52+00, 2022-01-05T21:56:52Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
    })
    void writtenTimesAreRead(String text, Instant expected) {
        assertThat(Timestamps.instant(rules.parse(text))).isEqualTo(expected);
    }

    @Test
    void numbersAreEpochMillisecondsCutToMicroseconds() {
        assertThat(rules.ofMillis(new BigDecimal("1767650212000.1239"))).isEqualTo(1_767_650_212_000_123L);
        assertThat(rules.ofMillis(new BigDecimal("1e11"))).isEqualTo(100_000_000_000_000L);
    }

    @Test
    void aTimeExactlyAtTheToleranceIsAccepted() {
        assertThat(rules.parse("2026-02-02T00:00:00Z"))
                .isEqualTo(Timestamps.micros(Instant.parse("2026-02-02T00:00:00Z")));
    }

    @Property
    void readsWhatJavaTimeWrites(
            @ForAll @LongRange(min = 0, max = 1_769_000_000_000_000L) long micros,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
        OffsetDateTime time = Timestamps.instant(micros).atOffset(offset);

        assertThat(rules.parse(time.toString())).isEqualTo(micros);
    }
}
