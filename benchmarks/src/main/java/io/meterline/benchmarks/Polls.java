package io.meterline.benchmarks;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the server again and again, for a limited time. */
final class Polls {

    private Polls() {}

    /** Asks something once; null for not yet. */
    interface Question<T> {
        @Nullable
        T ask() throws IOException;
    }

    /** The first answer. Throws {@link IOException} when there is none within the time. */
    static <T> T until(Duration most, Duration between, Question<T> question) throws IOException, InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        T answer = question.ask();
        while (answer == null) {
            if (System.nanoTime() > end) {
                throw new IOException("no answer within " + most.toSeconds() + " s");
            }
            Thread.sleep(between);
            answer = question.ask();
        }
        return answer;
    }
}
