package io.meterline.access;

import io.meterline.event.RuleException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes passwords, two at once and on threads of its own: each takes 19 MiB, and would keep a virtual thread's carrier from
 * other requests. When too many wait, it throws {@code RuleException} {@code overloaded}.
 */
public final class Passwords implements AutoCloseable {

    private static final int AT_ONCE = 2;
    private static final int MOST_WAITING = 64;

    private final PasswordHash.Cost cost;
    private final ThreadPoolExecutor threads;

    public Passwords() {
        this(PasswordHash.Cost.RECOMMENDED, AT_ONCE, MOST_WAITING);
    }

    /** With another cost, for tests and for what was stored under an earlier one. */
    Passwords(PasswordHash.Cost cost, int atOnce, int mostWaiting) {
        this.cost = cost;
        this.threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(mostWaiting),
                Thread.ofPlatform().name("passwords-", 0).daemon().factory());
    }

    /** The text to store. */
    String hash(String password) {
        return call(() -> PasswordHash.of(password, cost).text());
    }

    /** Whether it is the password of a stored text. */
    boolean matches(String password, String stored) {
        PasswordHash hash = PasswordHash.parse(stored);
        return call(() -> hash.matches(password));
    }

    /** Takes as long as {@link #matches} and is never true: for people who are not there. */
    boolean matchesNobody(String password) {
        return call(() -> PasswordHash.ofNobody(cost).matches(password));
    }

    /** Whether a stored text was made with another cost than today's. */
    boolean isOutdated(String stored) {
        return !PasswordHash.parse(stored).cost().equals(cost);
    }

    private <T> T call(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads).join();
        } catch (RejectedExecutionException e) {
            throw new RuleException(
                    RuleException.Kind.OVERLOADED,
                    "overloaded",
                    "Too many people are signing in at this moment. Try again in a second.");
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
