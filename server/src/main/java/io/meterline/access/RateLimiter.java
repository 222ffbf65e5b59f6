package io.meterline.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket for each API key, in events a second (product rules, "Push").
 *
 * <p>Its capacity is the greater of the rate and 5,000, the largest batch. A request needs a positive balance and may
 * take it below zero; the next one waits until it is positive again.
 */
public final class RateLimiter {

    private static final int LEAST_CAPACITY = 5_000;
    private static final int MAX_BUCKETS = 10_000;

    // A bucket of any rate and debt that a request can make is full again after a day.
    private static final Duration FORGET_AFTER = Duration.ofDays(1);

    private final TimeMeter time;
    private final Cache<Id, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_BUCKETS)
            .expireAfterAccess(FORGET_AFTER)
            .build();

    /** The rate belongs to it, so that a changed rate starts a new bucket. */
    private record Id(String keyId, int rate) {}

    public RateLimiter(InstantSource clock) {
        this.time = new ClockMeter(clock);
    }

    /**
     * Takes events from the balance of a key. Empty when the key has no limit.
     *
     * @param events how many came, 1 or more
     */
    public Optional<RateDecision> take(Principal principal, int events) {
        Integer rate = principal.eventsPerSecond();
        if (rate == null) {
            return Optional.empty();
        }
        Bucket bucket = buckets.get(new Id(principal.id(), rate), id -> bucket(id.rate()));
        ConsumptionProbe first = bucket.tryConsumeAndReturnRemaining(1);
        if (first.isConsumed() && events > 1) {
            bucket.consumeIgnoringRateLimits(events - 1L);
        }
        return Optional.of(decision(rate, bucket.getAvailableTokens(), first));
    }

    private static RateDecision decision(int rate, long balance, ConsumptionProbe first) {
        long retryAfter = first.isConsumed() ? 0 : Math.max(1, ceilSeconds(first.getNanosToWaitForRefill()));
        long reset = Math.ceilDiv(capacity(rate) - balance, rate);
        return new RateDecision(first.isConsumed(), rate, Math.max(0, balance), reset, retryAfter);
    }

    private static long ceilSeconds(long nanos) {
        return Math.ceilDiv(nanos, TimeUnit.SECONDS.toNanos(1));
    }

    private static int capacity(int rate) {
        return Math.max(rate, LEAST_CAPACITY);
    }

    private Bucket bucket(int rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity(rate)).refillGreedy(rate, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time)
                .build();
    }
}
