package io.meterline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The property holds for a store that is right, and finds one that is wrong. */
final class RandomOperationsPropertyTest extends RandomOperationsProperty {

    private boolean lateVersionsWin;

    @Override
    protected EventStore open(Path files, InstantSource clock) {
        EventStore right = new ReferenceEventStore(clock);
        return lateVersionsWin ? new LateVersionsWin(right) : right;
    }

    @Override
    protected EventStore reopen(EventStore closing, Path files, InstantSource clock) {
        return closing;
    }

    @Test
    void storeInWhichLateVersionsWinIsFoundAndShownInAFewSteps() {
        lateVersionsWin = true;

        assertThatThrownBy(() -> check(List.of(1L, 2L, 3L), RandomHistory.Size.small(40)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("A history of 2 operations");
    }

    @Test
    void sameSeedGivesTheSameHistory() {
        RandomHistory.Size size = RandomHistory.Size.small(50);

        assertThat(RandomHistory.of(7, size))
                .isEqualTo(RandomHistory.of(7, size))
                .isNotEqualTo(RandomHistory.of(8, size));
    }

    /** A store with a mistake: every version replaces the one before. */
    private static final class LateVersionsWin extends ForwardingReader implements EventStore {

        private final EventStore right;

        LateVersionsWin(EventStore right) {
            super(right);
            this.right = right;
        }

        @Override
        public @Nullable Limit admit(Environment environment, Event event) {
            return right.admit(environment, event);
        }

        @Override
        public Receipt append(Environment environment, List<Event> events) {
            return right.append(
                    environment,
                    events.stream()
                            .map(it -> new Event(
                                    it.key(),
                                    it.eventType(),
                                    it.customer(),
                                    it.timestampMicros(),
                                    it.version(),
                                    true,
                                    it.source(),
                                    it.recordId(),
                                    it.idIsNumber(),
                                    it.properties()))
                            .toList());
        }

        @Override
        public CompletableFuture<Integer> delete(Environment environment, List<KeyHash> keys) {
            return right.delete(environment, keys);
        }

        @Override
        public Health health() {
            return right.health();
        }

        @Override
        public void purge() {
            right.purge();
        }

        @Override
        public StoreFigures figures() {
            return right.figures();
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
