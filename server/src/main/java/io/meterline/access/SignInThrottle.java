package io.meterline.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.meterline.event.RuleException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How many passwords may be tried in vain.
 *
 * <p>Three buckets count: 5 for one e-mail address from one caller, one more each minute; 50 for one caller, one more each
 * half minute; 100 for one e-mail address from anywhere, one more each 36 seconds. A try that one of them refuses takes
 * nothing from the others. So whoever guesses from a few places slows down themselves, and not the person whose e-mail address
 * they guess with. It takes more than twenty places to empty the third bucket, and it does not count for a caller from which
 * that person has signed in since the server started. A link that the {@code users} command makes leads past all three.
 *
 * <p>Kept in memory, 10,000 buckets of each kind; those of a caller that is unheard of for a day are forgotten.
 */
final class SignInThrottle {

    private static final int MAX_BUCKETS = 10_000;
    private static final Duration FORGET_AFTER = Duration.ofDays(1);
    private static final Limit PAIR = new Limit(5, Duration.ofMinutes(1));
    private static final Limit CALLER = new Limit(50, Duration.ofSeconds(30));
    private static final Limit EMAIL = new Limit(100, Duration.ofSeconds(36));

    private final ClockMeter time;
    private final Cache<Pair, Bucket> pairs = cache();
    private final Cache<String, Bucket> callers = cache();
    private final Cache<String, Bucket> emails = cache();
    private final Cache<Pair, Boolean> known =
            Caffeine.newBuilder().maximumSize(MAX_BUCKETS).build();

    private record Limit(int tries, Duration oneMoreEvery) {}

    private record Pair(String email, String caller) {}

    SignInThrottle(InstantSource clock) {
        this.time = new ClockMeter(clock);
    }

    /** A try that counts as one in vain until it is said that it was not. */
    final class Try {
        private final Pair pair;
        private final List<Bucket> counted;

        private Try(Pair pair, List<Bucket> counted) {
            this.pair = pair;
            this.counted = counted;
        }

        /** The password was right. */
        void succeeded() {
            takenBack();
            pairs.invalidate(pair);
            known.put(pair, true);
        }

        /** Nothing was tried after all. */
        void takenBack() {
            counted.forEach(bucket -> bucket.addTokens(1));
        }
    }

    /**
     * Counts a try before it is made, so that many at once are no way around.
     *
     * @param email in lower case, whether anybody has it or not
     * @param caller an IP address, or any other text that stands for the caller
     * @throws RuleException 429 {@code too_many_attempts}
     */
    Try begin(String email, String caller) {
        Pair pair = new Pair(email, CallerAddress.group(caller));
        List<Bucket> counted = new ArrayList<>();
        Try begun = new Try(pair, counted);
        count(begun, pairs.get(pair, _ -> bucket(PAIR)));
        count(begun, callers.get(pair.caller(), _ -> bucket(CALLER)));
        if (known.getIfPresent(pair) == null) {
            count(begun, emails.get(email, _ -> bucket(EMAIL)));
        }
        return begun;
    }

    private static void count(Try begun, Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            begun.takenBack();
            throw tooMany(Math.ceilDiv(probe.getNanosToWaitForRefill(), TimeUnit.SECONDS.toNanos(1)));
        }
        begun.counted.add(bucket);
    }

    private static RuleException tooMany(long seconds) {
        return new RuleException(
                RuleException.Kind.RATE_LIMITED,
                "too_many_attempts",
                "Too many sign-ins have failed. Try again in %d %s."
                        .formatted(seconds, seconds == 1 ? "second" : "seconds"));
    }

    private Bucket bucket(Limit limit) {
        return Bucket.builder()
                .addLimit(it -> it.capacity(limit.tries()).refillGreedy(1, limit.oneMoreEvery()))
                .withCustomTimePrecision(time)
                .build();
    }

    private static <K> Cache<K, Bucket> cache() {
        return Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                .expireAfterAccess(FORGET_AFTER)
                .build();
    }
}
