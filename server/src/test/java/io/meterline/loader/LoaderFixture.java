package io.meterline.loader;

import static org.awaitility.Awaitility.await;

import io.meterline.config.Settings;
import io.meterline.control.ControlDatabase;
import io.meterline.control.PageRequest;
import io.meterline.control.SettableClock;
import io.meterline.customer.CustomerDirectory;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import io.meterline.event.Property;
import io.meterline.event.PropertyValue;
import io.meterline.ingest.ExcessDigits;
import io.meterline.ingest.RejectedEvent;
import io.meterline.ingest.RejectedEvents;
import io.meterline.ingest.RejectedFilter;
import io.meterline.ingest.Rejection;
import io.meterline.loader.source.RowLimits;
import io.meterline.loader.source.SourceServer;
import io.meterline.loader.source.Sources;
import io.meterline.store.EventQuery;
import io.meterline.store.EventStore;
import io.meterline.store.Filter;
import io.meterline.store.Measure;
import io.meterline.store.ReferenceEventStore;
import io.meterline.store.StoredEvent;
import io.meterline.store.UsageQuery;
import io.meterline.store.UsageResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Loaders on a real source with a control database of their own; the clock stands at 2026-06-01 until it is set. */
final class LoaderFixture implements AutoCloseable {

    static final Environment LIVE = Environment.LIVE;
    static final int MAX_ROWS = 50_000_000;

    final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T00:00:00Z"));
    final SourceServer server = SourceServer.shared();
    final CustomerDirectory customers;
    final RejectedEvents rejected;
    final EventStore store;
    final ControlDatabase database;
    final SecretBox secrets;
    final Connections connections;
    final LoadTools tools;
    final Previews previews;
    Loaders loaders;

    LoaderFixture(Path folder) {
        this(folder, InstantSource.system());
    }

    LoaderFixture(Path folder, InstantSource storeClock) {
        this(folder, new ReferenceEventStore(storeClock));
    }

    /** @param store is closed with this */
    LoaderFixture(Path folder, EventStore store) {
        this.store = store;
        database = ControlDatabase.open(folder, 2, 1_000);
        customers = new CustomerDirectory(database, clock);
        rejected = new RejectedEvents(database, clock, Duration.ofDays(30), 10_000);
        secrets = SecretBox.open(folder.resolve("secret.key"));
        Sources sources = new Sources(new Settings.Sources(null, Path.of("target", "test-drivers"), MAX_ROWS, 0));
        connections = new Connections(database, sources, secrets, clock);
        tools = new LoadTools(
                sources,
                store,
                customers,
                rejected,
                _ -> Duration.ofDays(1),
                new Settings.Loader(Duration.ofMinutes(1), 500, new BigDecimal("0.1"), 2, 5, Duration.ofSeconds(30)),
                clock);
        loaders = new Loaders(database, connections, tools, store);
        previews = new Previews(connections, loaders, tools);
    }

    /** Closes the loaders and opens them anew on the same database, as a restart does. */
    void restart() {
        loaders.close();
        loaders = new Loaders(database, connections, tools, store);
        loaders.recover();
    }

    SourceConnection connection() {
        return connections.create(LIVE, "source", server.owner());
    }

    LoaderDraft draft(String query) {
        return draft(query, LoaderDraft.Identity.ID_AND_CUSTOMER);
    }

    LoaderDraft draft(String query, LoaderDraft.Identity identity) {
        return new LoaderDraft(
                "orders",
                connection().id(),
                "orders",
                query,
                new Refresh.Manual(),
                null,
                identity,
                LoaderDraft.ExcessProperties.FAIL,
                ExcessDigits.ROUND,
                RowLimits.NONE);
    }

    /** Stores a loader and waits for its first run. */
    Loader load(String query) {
        return load(draft(query));
    }

    Loader load(LoaderDraft draft) {
        Loader loader = loaders.create(LIVE, draft).loader();
        lastRun(loader);
        return loader;
    }

    Run runAgain(Loader loader) {
        loaders.run(LIVE, loader.id(), false);
        return lastRun(loader);
    }

    /** The last run, once it is over. */
    Run lastRun(Loader loader) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> peek(loader), run -> run.state() instanceof RunState.Ended);
    }

    Run peek(Loader loader) {
        return loaders.runs(LIVE, loader.id(), PageRequest.FIRST).data().getFirst();
    }

    UsageResult usage(Measure measure) {
        return store.usage(
                LIVE,
                new UsageQuery("orders", measure, Filter.NONE, Period.ALWAYS, null, Map.of(), List.of(), List.of()));
    }

    List<StoredEvent> events() {
        return store.list(LIVE, EventQuery.all(1_000)).events();
    }

    long customer(String externalId) {
        return customers.find(LIVE, externalId).orElseThrow().number();
    }

    /** In the order in which they were set aside. */
    List<Rejection> rejections() {
        return rejected.list(LIVE, RejectedFilter.NONE, PageRequest.FIRST).data().reversed().stream()
                .map(RejectedEvent::rejection)
                .toList();
    }

    static Map<String, PropertyValue> properties(StoredEvent event) {
        Map<String, PropertyValue> properties = new TreeMap<>();
        for (Property property : event.event().properties()) {
            properties.put(property.name(), property.value());
        }
        return properties;
    }

    static RunState.@Nullable RunError error(Run run) {
        return run.state() instanceof RunState.Failed failed ? failed.error() : null;
    }

    @Override
    public void close() {
        loaders.close();
        database.close();
        store.close();
    }
}
