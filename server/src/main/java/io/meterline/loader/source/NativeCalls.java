package io.meterline.loader.source;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls into native code off virtual threads, whose carriers they would hold: requests come on virtual threads and
 * wait for a few threads here. Runs have threads of their own and call directly.
 */
final class NativeCalls {

    private static final int THREADS = 4;
    private static final ExecutorService POOL = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("source-native-", 1).daemon().factory());

    private NativeCalls() {}

    static <T extends @Nullable Object> T call(Supplier<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return work.get();
        }
        try {
            return CompletableFuture.supplyAsync(work, POOL).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** A session whose every call goes through {@link #call}, where that is needed. */
    static SourceSession session(Supplier<SourceSession> open) {
        SourceSession session = call(open);
        return Thread.currentThread().isVirtual() ? new Session(session) : session;
    }

    private record Session(SourceSession inside) implements SourceSession {

        @Override
        public SourceMoment moment() {
            return call(inside::moment);
        }

        @Override
        public List<Column> columns(SqlText query) {
            return call(() -> inside.columns(query));
        }

        @Override
        public RowStream read(SqlText query, Bindings bindings) {
            return new Rows(call(() -> inside.read(query, bindings)));
        }

        @Override
        public void cancel() {
            inside.cancel();
        }

        @Override
        public void close() {
            call(() -> {
                inside.close();
                return true;
            });
        }
    }

    // Only reaching the next row is native: the cells of a row are objects by then.
    private static final class Rows extends ForwardingRows {

        Rows(RowStream inside) {
            super(inside);
        }

        @Override
        public boolean next() {
            return call(super::next);
        }
    }
}
