package io.meterline.observe;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Figures that are asked for once a second at most, however many of them are shown. */
public final class Snapshot<T> implements Supplier<T> {

    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<T> figures;
    private @Nullable T last;
    private long lastAtNanos;

    public Snapshot(Supplier<T> figures) {
        this.figures = figures;
    }

    @Override
    public synchronized T get() {
        T known = last;
        if (known != null && System.nanoTime() - lastAtNanos < KEEP_NANOS) {
            return known;
        }
        T fresh = figures.get();
        last = fresh;
        lastAtNanos = System.nanoTime();
        return fresh;
    }
}
