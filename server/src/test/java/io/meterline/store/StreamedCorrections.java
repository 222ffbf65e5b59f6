package io.meterline.store;

import static io.meterline.store.TestUsage.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.Environment;
import io.meterline.store.CorrectionStream.Moment;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While batches with 30 % corrections stream into a store, every figure is that of the reference at one moment: not before
 * the last batch that was durable when the question was asked, nor before what an earlier figure showed, nor after the last
 * batch that was sent when it was answered. With the stream held, there is only one such moment.
 */
public abstract class StreamedCorrections {

    private static final Logger LOG = LoggerFactory.getLogger(StreamedCorrections.class);
    private static final int MOST_OUTSTANDING = 10;
    private static final int REMOVE_EVERY = 20;
    private static final int HOLD_EVERY = 10;
    private static final int QUESTIONS_WHILE_HELD = 3;

    private static final List<Measure> MEASURES = List.of(
            new Measure.Count(),
            new Measure.Sum("amount"),
            new Measure.Max("amount"),
            new Measure.Average("amount"),
            new Measure.Latest("amount"),
            new Measure.CountDistinct("label"));
    private static final List<String> MONTHS =
            List.of("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));

    /**
     * Opens the store.
     *
     * @param events how many it will hold
     */
    protected abstract EventStore open(Path files, InstantSource clock, int events);

    @Test
    void everyFigureIsThatOfAMoment() throws Exception {
        check(Integer.getInteger("meterline.corrections.events", 120_000), new Random().nextLong());
    }

    @Test
    @Tag("long")
    void everyFigureIsThatOfAMomentAmongTenMillion() throws Exception {
        check(Integer.getInteger("meterline.corrections.manyEvents", 10_000_000), new Random().nextLong());
    }

    private void check(int events, long seed) throws Exception {
        CorrectionStream source = new CorrectionStream(seed);
        try (EventStore store = open(folder, clock, events);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Stream stream = new Stream(store);
            int batch = Math.min(1_000, events / 600);
            for (int sent = 0; sent < events; sent += 5 * batch) {
                stream.send(source.news(5 * batch));
            }
            Future<?> streaming = thread.submit(() -> {
                for (int sent = 0, i = 1; sent < events / 5; sent += batch, i++) {
                    stream.send(i % REMOVE_EVERY == 0 ? source.removal(100) : source.corrections(batch));
                }
            });
            Questions questions = new Questions(stream, seed);
            while (!streaming.isDone()) {
                questions.ask();
                if (questions.asked % HOLD_EVERY == 0) {
                    stream.hold(() -> {
                        for (int i = 0; i < QUESTIONS_WHILE_HELD; i++) {
                            questions.ask();
                        }
                    });
                }
            }
            streaming.get();
            for (int i = 0; i < QUESTIONS_WHILE_HELD; i++) {
                questions.ask();
            }
            assertThat(questions.whileStreaming).isPositive();
            LOG.info(
                    "{} events, {} moments, {} figures asked, {} of them between moments; median {} ms, 99th {} ms",
                    events,
                    stream.sent.get(),
                    questions.asked,
                    questions.whileStreaming,
                    questions.millis(50),
                    questions.millis(99));
        }
    }

    /** The writing side. */
    private static final class Stream {

        private final EventStore store;
        private final List<Moment> moments = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger durable = new AtomicInteger();
        private final ReentrantReadWriteLock held = new ReentrantReadWriteLock(true);
        private final Deque<CompletableFuture<?>> outstanding = new ArrayDeque<>();

        Stream(EventStore store) {
            this.store = store;
        }

        void send(Moment moment) {
            held.readLock().lock();
            try {
                moments.add(moment.small());
                int place = sent.incrementAndGet();
                if (moment.removed().isEmpty()) {
                    outstanding.add(store.append(Environment.LIVE, moment.events())
                            .durable()
                            .thenRun(() -> durable.accumulateAndGet(place, Math::max)));
                } else {
                    store.delete(Environment.LIVE, moment.removed()).join();
                    durable.accumulateAndGet(place, Math::max);
                }
                while (outstanding.size() > MOST_OUTSTANDING) {
                    outstanding.remove().join();
                }
            } finally {
                held.readLock().unlock();
            }
        }

        /** Runs something while nothing is on its way. */
        void hold(Runnable questions) {
            held.writeLock().lock();
            try {
                while (!outstanding.isEmpty()) {
                    outstanding.remove().join();
                }
                assertThat(durable.get()).isEqualTo(sent.get());
                questions.run();
            } finally {
                held.writeLock().unlock();
            }
        }
    }

    /** The asking side, with a reference that follows the stream. */
    private final class Questions {

        private final Stream stream;
        private final long seed;
        private final Random random;
        private final ReferenceEventStore reference = new ReferenceEventStore(clock);
        private final List<Long> nanos = new ArrayList<>();
        private int at;
        private int asked;
        private int whileStreaming;

        Questions(Stream stream, long seed) {
            this.stream = stream;
            this.seed = seed;
            this.random = new Random(seed + 1);
        }

        void ask() {
            UsageQuery question = question();
            int from = stream.durable.get();
            long started = System.nanoTime();
            Answer answer = Answer.of(stream.store.usage(Environment.LIVE, question));
            nanos.add(System.nanoTime() - started);
            int to = stream.sent.get();
            asked++;
            whileStreaming += to > from ? 1 : 0;

            advance(reference, from);
            if (!expected(reference, question).equals(answer)) {
                at = moment(question, answer, to);
            }
        }

        private int moment(UsageQuery question, Answer answer, int last) {
            ReferenceEventStore later = reference.copy();
            List<Answer> expected = new ArrayList<>(List.of(expected(later, question)));
            int first = at;
            for (int moment = first; moment < last; moment++) {
                apply(later, stream.moments.get(moment));
                expected.add(expected(later, question));
                if (expected.getLast().equals(answer)) {
                    advance(reference, moment + 1);
                    return moment + 1;
                }
            }
            assertThat(expected)
                    .as(
                            "seed %d, question %d, moments %d to %d, %s; asked again: %s",
                            seed, asked, first, last, question, again(question))
                    .contains(answer);
            return last;
        }

        /** Whether a wrong figure stays wrong: rows stored twice do, a read that two moments got into does not. */
        private Answer again(UsageQuery question) {
            return Answer.of(stream.store.usage(Environment.LIVE, question));
        }

        private void advance(ReferenceEventStore store, int moment) {
            for (; at < moment; at++) {
                apply(store, stream.moments.get(at));
            }
        }

        private static void apply(ReferenceEventStore store, Moment moment) {
            store.append(Environment.LIVE, moment.tracked());
            store.delete(Environment.LIVE, moment.trackedRemoved()).join();
        }

        private static Answer expected(ReferenceEventStore store, UsageQuery question) {
            return Answer.of(store.usage(Environment.LIVE, question));
        }

        private UsageQuery question() {
            TestUsage usage = usage(CorrectionStream.TYPE, MEASURES.get(random.nextInt(MEASURES.size())))
                    .customers(1 + random.nextInt(CorrectionStream.SAMPLED));
            if (random.nextInt(4) == 0) {
                usage.windows(MONTHS.toArray(String[]::new));
            } else {
                int month = random.nextInt(3);
                usage.from(MONTHS.get(month), MONTHS.get(month + 1));
            }
            return (random.nextInt(4) == 0 ? usage.by("label") : usage).build();
        }

        String millis(int percentile) {
            List<Long> rising = nanos.stream().sorted().toList();
            return "%.1f".formatted(rising.get((rising.size() - 1) * percentile / 100) / 1e6);
        }
    }
}
