package io.meterline.console.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryTest {

    @Test
    void theLastRunStandsAtTheRightAndAFailureIsMadeUpByALaterSuccess() {
        History history = History.of(
                List.of(run("run_3", "succeeded", 50), run("run_2", "failed", 0), run("run_1", "succeeded", 100)),
                "/runs");

        assertThat(history.bars()).extracting(History.Bar::height).containsExactly(48, 4, 24);
        assertThat(history.bars().getLast().x() + 12).isEqualTo(History.WIDTH);
        assertThat(history.bars().get(1).failed()).isTrue();
        assertThat(history.bars().get(1).title()).isEqualTo("2026-11-21 06:00:00 UTC: failed, 0 rows");
        assertThat(history.failure()).extracting(Run::id).isEqualTo("run_2");
        assertThat(history.madeUp()).isTrue();
    }

    private static Run run(String id, String status, long rows) {
        Instant at = Instant.parse("2026-11-21T06:00:00.5Z");
        return new Run(
                id, status, 1, false, null, rows, rows, rows, 0, 0, 0, 0, 0, 0, 0, null, at, at, at, null, List.of(),
                null, null);
    }
}
