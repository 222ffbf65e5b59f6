package io.meterline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.event.Source;
import io.meterline.event.Timestamps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedEventsTest {

    private static final int MAX = 10;

    @TempDir
    Path folder;

    private ControlDatabase database;
    private RejectedEvents rejected;
    private Instant now = Parsing.NOW;

    @BeforeEach
    void open() {
        database = ControlDatabase.open(folder, 1, 100);
        rejected = new RejectedEvents(database, () -> now, Duration.ofDays(30), MAX);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theNewestComeFirstAndPagesFollowEachOther() {
        add(Environment.LIVE, 1, 5);

        Page<RejectedEvent> first = rejected.list(Environment.LIVE, RejectedFilter.NONE, new PageRequest(3, 0, null));
        Page<RejectedEvent> second =
                rejected.list(Environment.LIVE, RejectedFilter.NONE, new PageRequest(3, 0, first.nextCursor()));

        assertThat(raws(first)).containsExactly("5", "4", "3");
        assertThat(raws(second)).containsExactly("2", "1");
        assertThat(first.total()).isEqualTo(5);
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void atTheBoundTheOldestGoAndAreCounted() {
        add(Environment.LIVE, 1, 8);
        add(Environment.TEST, 1, 1);
        add(Environment.LIVE, 9, 14);

        assertThat(raws(all())).containsExactly("14", "13", "12", "11", "10", "9", "8", "7", "6", "5");
        assertThat(rejected.dropped(Environment.LIVE)).isEqualTo(4);
        assertThat(rejected.dropped(Environment.TEST)).isZero();
    }

    @Test
    void moreAtOnceThanThereIsRoomForAreCountedToo() {
        add(Environment.LIVE, 1, 3);
        add(Environment.LIVE, 4, 25);

        assertThat(raws(all())).startsWith("25").hasSize(MAX).endsWith("16");
        assertThat(rejected.dropped(Environment.LIVE)).isEqualTo(15);
    }

    @Test
    void whatIsTooOldIsGoneAndMakesRoom() {
        // Given
        add(Environment.LIVE, 1, MAX);
        now = now.plus(Duration.ofDays(30)).plusMillis(1);

        // Then
        assertThat(all().total()).isZero();
        add(Environment.LIVE, 11, 12);
        assertThat(raws(all())).containsExactly("12", "11");
        assertThat(rejected.dropped(Environment.LIVE)).isZero();
    }

    @Test
    void filtersNarrowTheList() {
        rejected.add(Environment.LIVE, Source.PUSH, null, List.of(rejection("1")));
        rejected.add(
                Environment.LIVE,
                Source.LOADER,
                "run_1",
                List.of(Rejection.of(EventErrorCode.NUMBER_TOO_LARGE.at("record.n"), "tx", "acme", "{}")));

        assertThat(list(new RejectedFilter("number_too_large", null, null, null, null, Period.ALWAYS)))
                .hasSize(1);
        assertThat(list(new RejectedFilter(null, Source.PUSH, null, null, null, Period.ALWAYS)))
                .hasSize(1);
        assertThat(list(new RejectedFilter(null, null, "run_1", "tx", "acme", Period.ALWAYS)))
                .hasSize(1);
        assertThat(list(new RejectedFilter(null, Source.PUSH, "run_1", null, null, Period.ALWAYS)))
                .isEmpty();
        assertThat(list(new RejectedFilter(null, null, null, null, null, Period.until(Timestamps.micros(now)))))
                .isEmpty();
    }

    @Test
    void erasingForgetsWhatNamesACustomer() {
        rejected.add(
                Environment.LIVE,
                Source.PUSH,
                null,
                List.of(Rejection.of(EventErrorCode.INVALID_RECORD.at("record"), "tx", "acme", "{}"), rejection("1")));

        assertThat(rejected.erase(Environment.LIVE, Set.of("acme", "cus_1"))).isEqualTo(1);
        assertThat(raws(all())).containsExactly("1");
    }

    @Test
    void onlyTheFirst8KiBAreKeptAndNoCharacterIsCutInTwo() {
        // Given
        byte[] body = ("x" + "é".repeat(5_000)).getBytes(StandardCharsets.UTF_8);

        // When
        Rejection rejection =
                Rejection.of(new RefusedEvent(0, EventErrorCode.INVALID_JSON.at(""), 0, body.length, null, null), body);

        // Then
        assertThat(rejection.complete()).isFalse();
        assertThat(rejection.raw()).isEqualTo("x" + "é".repeat(4_095));
    }

    @Test
    void bytesThatAreNoTextAreKeptAsFarAsTheyCanBeShown() {
        byte[] body = {'{', 0, (byte) 0xFF, '}'};

        rejected.add(
                Environment.LIVE,
                Source.PUSH,
                null,
                List.of(Rejection.of(
                        new RefusedEvent(0, EventErrorCode.INVALID_JSON.at(""), 0, body.length, null, null), body)));

        assertThat(raws(all())).containsExactly("{\uFFFD\uFFFD}");
    }

    private void add(Environment environment, int first, int last) {
        rejected.add(
                environment,
                Source.PUSH,
                null,
                IntStream.rangeClosed(first, last)
                        .mapToObj(i -> rejection(Integer.toString(i)))
                        .toList());
    }

    private static Rejection rejection(String raw) {
        return Rejection.of(EventErrorCode.NOT_AN_OBJECT.at(""), null, null, raw);
    }

    private Page<RejectedEvent> all() {
        return rejected.list(Environment.LIVE, RejectedFilter.NONE, PageRequest.FIRST);
    }

    private List<RejectedEvent> list(RejectedFilter filter) {
        return rejected.list(Environment.LIVE, filter, PageRequest.FIRST).data();
    }

    private static List<String> raws(Page<RejectedEvent> page) {
        return page.data().stream().map(event -> event.rejection().raw()).toList();
    }
}
