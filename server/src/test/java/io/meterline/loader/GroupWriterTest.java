package io.meterline.loader;

import static io.meterline.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.store.EventWriter;
import io.meterline.store.OverloadedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GroupWriterTest {

    private final OverloadedException diskFull = new OverloadedException(OverloadedException.Reason.DISK_FULL, "full");

    @Test
    void aRunThatMeetsAFullDiskEndsAtOnceAndSaysSo() {
        GroupWriter refused = writer(() -> {
            throw diskFull;
        });
        assertThatThrownBy(() -> refused.write(group())).isInstanceOfSatisfying(LoadException.class, this::saysSo);

        GroupWriter failed = writer(() -> new EventWriter.Receipt(
                CompletableFuture.failedFuture(diskFull), CompletableFuture.failedFuture(diskFull)));
        failed.write(group());
        assertThatThrownBy(failed::drain).isInstanceOfSatisfying(LoadException.class, this::saysSo);
    }

    private void saysSo(LoadException e) {
        assertThat(e.error().code()).isEqualTo("disk_full");
        assertThat(Backoff.isTransient("disk_full")).isTrue();
    }

    private static List<Event> group() {
        return List.of(event("sales").build());
    }

    private static GroupWriter writer(Supplier<EventWriter.Receipt> append) {
        return new GroupWriter(
                new EventWriter() {
                    @Override
                    public @Nullable Limit admit(Environment environment, Event event) {
                        return null;
                    }

                    @Override
                    public Receipt append(Environment environment, List<Event> events) {
                        return append.get();
                    }

                    @Override
                    public void purge() {}

                    @Override
                    public CompletableFuture<Integer> delete(Environment environment, List<KeyHash> keys) {
                        return CompletableFuture.completedFuture(0);
                    }
                },
                Environment.LIVE);
    }
}
