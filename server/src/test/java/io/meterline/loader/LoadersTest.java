package io.meterline.loader;

import static io.meterline.loader.LoaderFixture.LIVE;
import static io.meterline.loader.LoaderFixture.error;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.loader.source.RowLimits;
import io.meterline.loader.source.ServerAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loaders as they are kept: edited, seen and deleted, and what stands beside them. */
final class LoadersTest extends OrdersSource {

    @Test
    void aLoaderNeverRunsTwiceAtOnceAndARunCanBeCancelled() {
        Loader loader = fixture.loaders
                .create(
                        LIVE,
                        fixture.draft(
                                "SELECT g AS id, 'a' AS \"customerId\", timestamp '2026-01-01' AS timestamp, pg_sleep(0.01)::text"
                                        + " FROM generate_series(1, 100000) g"))
                .loader();
        await().until(() -> fixture.peek(loader).state() instanceof RunState.Running);

        Run second = fixture.loaders.run(LIVE, loader.id(), false);
        assertThat(second.id()).isEqualTo(fixture.peek(loader).id());
        assertThatThrownBy(() -> fixture.loaders.delete(LIVE, loader.id(), false))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("loader_is_running"));
        fixture.loaders.cancel(LIVE, loader.id(), second.id());

        assertThat(fixture.lastRun(loader).state()).isInstanceOf(RunState.Cancelled.class);
        assertThat(fixture.loaders.runs(LIVE, loader.id(), PageRequest.FIRST).total())
                .isEqualTo(1);
    }

    @Test
    void aRunThatTheServerLeftRunningHasFailedAfterTheNextStart() {
        Loader loader = fixture.loaders
                .create(
                        LIVE,
                        fixture.draft(
                                "SELECT g AS id, 'a' AS \"customerId\", timestamp '2026-01-01' AS timestamp, pg_sleep(0.01)::text"
                                        + " FROM generate_series(1, 100000) g"))
                .loader();
        await().until(() -> fixture.peek(loader).state() instanceof RunState.Running);

        fixture.restart();

        assertThat(requireNonNull(error(fixture.peek(loader))).code()).isEqualTo("interrupted");
    }

    @Test
    void aRunLeftBehindByACrashIsInterruptedAndAQueuedOneRuns() {
        Loader loader = fixture.load(QUERY);
        fixture.database.write(handle -> {
            RunRows.insertQueued(handle, Run.queued("run_crashed", loader.id(), 1, 1, false));
            RunRows.start(handle, "run_crashed", new RunState.Running(RunRows.nextLoadNumber(handle), 2));
            return loader;
        });

        fixture.restart();
        assertThat(requireNonNull(error(fixture.peek(loader))).code()).isEqualTo("interrupted");

        fixture.database.write(handle -> {
            RunRows.insertQueued(handle, Run.queued("run_waiting", loader.id(), 1, 1, false));
            return loader;
        });
        fixture.restart();
        assertThat(fixture.lastRun(loader).state()).isInstanceOf(RunState.Succeeded.class);
    }

    @Test
    void aConnectionInUseCannotBeDeleted() {
        Loader loader = fixture.load(QUERY);
        String connection = loader.draft().connectionId();

        assertThatThrownBy(() -> fixture.connections.delete(LIVE, connection))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("connection_in_use"));

        fixture.loaders.delete(LIVE, loader.id(), false);
        fixture.connections.delete(LIVE, connection);
        assertThat(fixture.connections.list(LIVE, PageRequest.FIRST).data()).isEmpty();
        assertThat(fixture.events()).hasSize(1_000);
    }

    @Test
    void anEnvironmentDoesNotSeeTheOthersLoaders() {
        Loader loader = fixture.load(QUERY);

        assertThatThrownBy(() -> fixture.loaders.get(Environment.TEST, loader.id()))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("loader_not_found"));
        assertThatThrownBy(() ->
                        fixture.connections.get(Environment.TEST, loader.draft().connectionId()))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("connection_not_found"));
    }

    @Test
    void changingTheEventTypeIsRefusedAndChangingTheQueryRunsIt() {
        Loader loader = fixture.load(QUERY);
        LoaderDraft draft = loader.draft();
        LoaderDraft other = new LoaderDraft(
                draft.name(),
                draft.connectionId(),
                "other",
                draft.query(),
                draft.refresh(),
                draft.cursor(),
                draft.identity(),
                draft.excessProperties(),
                draft.excessDigits(),
                RowLimits.NONE);
        assertThatThrownBy(() -> fixture.loaders.update(LIVE, loader.id(), other, false))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("event_type_is_fixed"));

        LoaderDraft narrower = new LoaderDraft(
                "renamed",
                draft.connectionId(),
                draft.eventType(),
                QUERY + " WHERE id <= 10",
                draft.refresh(),
                draft.cursor(),
                draft.identity(),
                draft.excessProperties(),
                draft.excessDigits(),
                RowLimits.NONE);
        fixture.loaders.update(LIVE, loader.id(), narrower, false);

        assertThat(fixture.lastRun(loader).counts().read()).isEqualTo(10);
        assertThat(fixture.loaders.get(LIVE, loader.id()).loader().draft().name())
                .isEqualTo("renamed");
    }

    @Test
    void thePasswordIsEncryptedAtRest() {
        fixture.connections.create(
                LIVE,
                "reader",
                fixture.server.address("postgres", "reader", "s3cret", io.meterline.loader.source.TlsMode.PREFER));

        List<String> stored =
                fixture.database.read(handle -> handle.createQuery("SELECT encrypted_password FROM connections")
                        .mapTo(String.class)
                        .list());
        SourceConnection read =
                fixture.connections.list(LIVE, PageRequest.FIRST).data().getFirst();

        assertThat(stored).singleElement().asString().doesNotContain("s3cret");
        assertThat(((ServerAddress) read.address()).password()).isEqualTo("s3cret");
        assertThat(read.toString()).doesNotContain("s3cret");
        assertThat(folder.resolve("secret.key").toFile()).isFile();
    }
}
