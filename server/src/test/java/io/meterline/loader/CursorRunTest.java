package io.meterline.loader;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.PropertyValue;
import io.meterline.event.Timestamps;
import io.meterline.loader.CursorState.Point;
import io.meterline.loader.source.BoundValue;
import io.meterline.loader.source.Column;
import io.meterline.loader.source.RowStream;
import io.meterline.loader.source.SourceMoment;
import io.meterline.loader.source.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a saved cursor may go, without a database. */
final class CursorRunTest {

    private static final CursorRule RULE = new CursorRule("c", null, null, null);
    private static final long NOW = micros("2026-06-01T12:00:00Z");

    @Test
    void theFirstRunBeginsWithTheInitialValueOrTheLeast() {
        assertThat(run(RULE, ValueType.INTEGER, CursorState.NONE, SourceMoment.at(NOW))
                        .start())
                .isEqualTo(new BoundValue.Least(ValueType.INTEGER));
        CursorRule rule = new CursorRule("c", "2026-01-01", null, null);
        assertThat(run(rule, ValueType.ZONED_TIME, CursorState.NONE, SourceMoment.at(NOW))
                        .start())
                .isEqualTo(new BoundValue.Time(ValueType.ZONED_TIME, micros("2026-01-01T00:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "ZONED_TIME, 2026-05-01T00:00:00Z, , 2026-04-30T23:50:00Z",
        "LOCAL_TIME, 2026-05-01T00:00:00Z, PT1H, 2026-04-30T23:00:00Z",
        "DATE, 2026-05-01, , 2026-04-30",
        "DATE, 2026-05-01, PT0S, 2026-05-01",
        "INTEGER, 500, , 500",
        "INTEGER, 500, 100, 400",
        "INTEGER, -9223372036854775808, 100, -9223372036854775808",
        "NUMBER, 0.5, 1, -0.5",
        "TEXT, abc, , abc",
    })
    void laterRunsBeginAtTheSavedValueLessTheOverlap(
            ValueType type, String saved, @Nullable String overlap, String start) {
        CursorRule rule = new CursorRule("c", "ignored now", overlap, null);

        assertThat(CursorValues.text(run(rule, type, saved(type, saved), SourceMoment.at(NOW))
                        .start()))
                .isEqualTo(start);
    }

    @Test
    void aValueThatIsNoneOfTheColumnsTypeIsRefused() {
        CursorRule wrong = new CursorRule("c", "yesterday", null, null);
        CursorRule overlap = new CursorRule("c", null, "PT1M", null);

        assertThatThrownBy(() -> run(wrong, ValueType.ZONED_TIME, CursorState.NONE, SourceMoment.at(NOW))
                        .start())
                .hasMessageContaining("yesterday");
        assertThatThrownBy(() -> run(overlap, ValueType.INTEGER, saved(ValueType.INTEGER, "1"), SourceMoment.at(NOW))
                        .start())
                .hasMessageContaining("whole number");
        assertThatThrownBy(() -> new CursorRun(RULE, CursorState.NONE, false, SourceMoment.at(NOW), List.of()))
                .hasMessageContaining("no column c");
        assertThatThrownBy(() -> run(RULE, null, CursorState.NONE, SourceMoment.at(NOW)))
                .hasMessageContaining("is a strange");
    }

    @Test
    void theGreatestValueIsSavedWhateverTheOrderOfRowsIs() {
        CursorRun run = run(RULE, ValueType.INTEGER, CursorState.NONE, SourceMoment.at(NOW));
        see(run, "5", "700", null, "30");

        assertThat(run.after(OptionalLong.empty(), NOW).value()).isEqualTo("700");
    }

    @Test
    void withoutRowsItStays() {
        CursorRun run = run(RULE, ValueType.INTEGER, saved(ValueType.INTEGER, "9"), SourceMoment.at(NOW));
        see(run, "4");

        assertThat(run.after(OptionalLong.empty(), NOW).value()).isEqualTo("9");
    }

    @Test
    void aTimeStaysBehindTheOldestOpenTransaction() {
        long open = NOW - 5_000_000;
        CursorRun run = run(
                RULE,
                ValueType.ZONED_TIME,
                saved(ValueType.ZONED_TIME, "2026-06-01T11:00:00Z"),
                new SourceMoment(NOW, open, 10L));
        see(run, "2026-06-01T11:59:58Z");

        CursorState after = run.after(OptionalLong.of(12), NOW);

        assertThat(after.value()).isEqualTo(Timestamps.text(open - 1));
        assertThat(after.lastRunMicros()).isEqualTo(open);
    }

    @Test
    void aTimeOfTheFutureHidesNothing() {
        CursorRun run = run(RULE, ValueType.ZONED_TIME, CursorState.NONE, SourceMoment.at(NOW));
        see(run, "2030-01-01T00:00:00Z");

        assertThat(run.after(OptionalLong.empty(), NOW).value()).isEqualTo(Timestamps.text(NOW));
    }

    @Test
    void aNumberWaitsForTransactionsThatWereOpen() {
        // Transaction 10 is open: it may hold an id below 100.
        CursorState first = numbers(CursorState.NONE, 10, 13, "100");
        assertThat(first.value()).isNull();

        // It is still open; another run has seen more.
        CursorState second = numbers(first, 10, 20, "200");
        assertThat(second.value()).isNull();

        // It has ended before this run; 15 is open, which began after the first run.
        CursorState third = numbers(second, 15, 30, "300");
        assertThat(third.value()).isEqualTo("100");

        // Nothing was open, and nothing began meanwhile.
        CursorState fourth = numbers(third, 40, 40, "400");
        assertThat(fourth.value()).isEqualTo("400");
        assertThat(fourth.points()).endsWith(new Point(40, "400")).hasSizeLessThan(3);
    }

    @Test
    void aTransactionThatBeganDuringTheRunCounts() {
        CursorState after = numbers(saved(ValueType.INTEGER, "1"), 40, 41, "400");

        assertThat(after.value()).isEqualTo("1");
    }

    @Test
    void anotherServerWithSmallerNumbersDoesNotHoldTheCursorForEver() {
        CursorState before = numbers(saved(ValueType.INTEGER, "1"), 5_000, 5_001, "10");
        CursorState after = numbers(before, 40, 41, "20");

        assertThat(numbers(after, 50, 50, "30").value()).isEqualTo("30");
    }

    @Test
    void aTransactionThatStaysOpenForDaysCostsLittle() {
        CursorState state = numbers(CursorState.NONE, 9, 9, "9");
        for (int i = 0; i < 1_000; i++) {
            state = numbers(state, 10, 100 + i, Integer.toString(100 + i));
        }

        assertThat(state.points()).hasSizeLessThan(40);
        assertThat(state.value()).isEqualTo("9");
        assertThat(new BigDecimal(
                        requireNonNull(numbers(state, 2_000, 2_001, "2000").value())))
                .isBetween(BigDecimal.valueOf(1_000), BigDecimal.valueOf(1_100));
    }

    @Test
    void aFullReloadBeginsAtTheBeginningAndKeepsTheCursor() {
        CursorRun run = new CursorRun(
                RULE, saved(ValueType.INTEGER, "9"), true, SourceMoment.at(NOW), List.of(column(ValueType.INTEGER)));
        see(run, "4");

        assertThat(run.start()).isEqualTo(new BoundValue.Least(ValueType.INTEGER));
        CursorState after = run.after(OptionalLong.empty(), NOW);
        assertThat(after.value()).isEqualTo("9");
        assertThat(after.lastFullMicros()).isEqualTo(NOW);
    }

    @Test
    void textsAreInTheOrderOfTheirCodePoints() {
        BoundValue beyond = new BoundValue.Text(ValueType.TEXT, "a\uD83D\uDE00");
        BoundValue within = new BoundValue.Text(ValueType.TEXT, "a\uFFFD");

        assertThat(CursorValues.compare(within, beyond)).isNegative();
        assertThat(CursorValues.compare(beyond, within)).isPositive();
        assertThat(CursorValues.compare(new BoundValue.Text(ValueType.TEXT, "a"), within))
                .isNegative();
    }

    private static CursorState numbers(CursorState before, long oldestOpen, long next, String greatest) {
        CursorRun run = run(RULE, ValueType.INTEGER, before, new SourceMoment(NOW, null, oldestOpen));
        see(run, greatest);
        return run.after(OptionalLong.of(next), NOW);
    }

    private static CursorState saved(ValueType type, String value) {
        return new CursorState(type, value, List.of(), null, null);
    }

    private static CursorRun run(CursorRule rule, @Nullable ValueType type, CursorState state, SourceMoment moment) {
        return new CursorRun(rule, state, false, moment, List.of(column(type)));
    }

    private static Column column(@Nullable ValueType type) {
        return new Column("c", "strange", Column.Kind.TEXT, type);
    }

    private static void see(CursorRun run, @Nullable String... values) {
        for (String value : values) {
            run.see(new OneCell(value));
        }
    }

    private static long micros(String instant) {
        return Timestamps.micros(Instant.parse(instant));
    }

    /** A row of one cell. */
    private record OneCell(@Nullable String cell) implements RowStream {
        @Override
        public List<Column> columns() {
            return List.of();
        }

        @Override
        public boolean next() {
            return false;
        }

        @Override
        public boolean isNull(int column) {
            return cell == null;
        }

        @Override
        public PropertyValue value(int column) {
            return new PropertyValue.Number(new BigDecimal(requireNonNull(cell)));
        }

        @Override
        public long micros(int column) {
            return CursorRunTest.micros(requireNonNull(cell));
        }

        @Override
        public @Nullable String text(int column) {
            return cell;
        }

        @Override
        public int bytes() {
            return 1;
        }
    }
}
