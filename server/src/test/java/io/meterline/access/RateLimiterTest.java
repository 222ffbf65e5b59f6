package io.meterline.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.control.SettableClock;
import io.meterline.event.Environment;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {

    private final SettableClock clock = new SettableClock();
    private final RateLimiter limiter = new RateLimiter(clock);

    @Test
    void aKeyWithoutRateHasNoLimit() {
        assertThat(limiter.take(principal("a", null), 1_000_000)).isEqualTo(Optional.empty());
    }

    @Test
    void theLargestBatchAlwaysFitsAFullBucket() {
        assertThat(take("a", 50, 5_000)).isEqualTo(new RateDecision(true, 50, 0, 100, 0));
        assertThat(take("a", 50, 1)).isEqualTo(new RateDecision(false, 50, 0, 100, 1));
    }

    @Test
    void aBatchMayTakeAPositiveBalanceBelowZeroAndTheNextWaits() {
        take("a", 50, 4_999);
        assertThat(take("a", 50, 5_000)).isEqualTo(new RateDecision(true, 50, 0, 200, 0));

        RateDecision refused = take("a", 50, 1);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfterSeconds()).isEqualTo(100);

        clock.advance(Duration.ofSeconds(99));
        assertThat(take("a", 50, 1).allowed()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(take("a", 50, 1).allowed()).isTrue();
    }

    @Test
    void aRefusedRequestTakesNothing() {
        take("a", 50, 5_000);
        for (int i = 0; i < 10; i++) {
            assertThat(take("a", 50, 5_000).allowed()).isFalse();
        }
        clock.advance(Duration.ofSeconds(1));
        assertThat(take("a", 50, 1)).isEqualTo(new RateDecision(true, 50, 49, 100, 0));
    }

    @Test
    void aRateAboveTheLargestBatchIsItsOwnCapacity() {
        assertThat(take("a", 20_000, 5_000)).isEqualTo(new RateDecision(true, 20_000, 15_000, 1, 0));
    }

    @Test
    void keysDoNotShareTheirBalance() {
        take("a", 50, 5_000);
        assertThat(take("b", 50, 1).allowed()).isTrue();
    }

    @Test
    void aChangedRateCountsAtOnce() {
        take("a", 50, 5_000);
        assertThat(take("a", 100, 1).allowed()).isTrue();
    }

    private RateDecision take(String key, int rate, int events) {
        return limiter.take(principal(key, rate), events).orElseThrow();
    }

    private static Principal principal(String key, @Nullable Integer rate) {
        return new Principal(key, null, Environment.TEST, Scope.ALL, rate);
    }
}
