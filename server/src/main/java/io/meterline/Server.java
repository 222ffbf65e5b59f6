package io.meterline;

import io.meterline.access.ApiKeys;
import io.meterline.access.AuditLog;
import io.meterline.access.CreatedApiKey;
import io.meterline.access.EnvironmentSettingsStore;
import io.meterline.access.IdempotencyKeys;
import io.meterline.access.Passwords;
import io.meterline.access.RateLimiter;
import io.meterline.access.Sessions;
import io.meterline.access.SignInLink;
import io.meterline.access.SignInLinks;
import io.meterline.access.Users;
import io.meterline.api.AggregatorRoutes;
import io.meterline.api.ApiKeyRoutes;
import io.meterline.api.ConnectionRoutes;
import io.meterline.api.CustomerRoutes;
import io.meterline.api.DocumentRoutes;
import io.meterline.api.EventApi;
import io.meterline.api.EventPriceRoutes;
import io.meterline.api.ExportRoutes;
import io.meterline.api.HealthRoutes;
import io.meterline.api.ImportRoutes;
import io.meterline.api.LoaderRoutes;
import io.meterline.api.PersonalDataRoutes;
import io.meterline.api.PriceRoutes;
import io.meterline.api.ProductRoutes;
import io.meterline.api.SettingsRoutes;
import io.meterline.api.SimulationRoutes;
import io.meterline.api.StatementRoutes;
import io.meterline.api.SubscriptionRoutes;
import io.meterline.api.UsageEventRoutes;
import io.meterline.api.UsageRoutes;
import io.meterline.billing.Products;
import io.meterline.billing.Subscriptions;
import io.meterline.billing.simulation.SimulationTools;
import io.meterline.billing.simulation.Simulations;
import io.meterline.billing.statement.DueStatements;
import io.meterline.billing.statement.EventPrices;
import io.meterline.billing.statement.Snapshots;
import io.meterline.billing.statement.Statements;
import io.meterline.config.Settings;
import io.meterline.console.Console;
import io.meterline.console.EventTypes;
import io.meterline.control.ControlDatabase;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.Customers;
import io.meterline.file.Exports;
import io.meterline.file.ImportTools;
import io.meterline.file.Imports;
import io.meterline.http.HttpOptions;
import io.meterline.http.HttpServer;
import io.meterline.http.LocalApi;
import io.meterline.http.Routes;
import io.meterline.ingest.CustomerResolver;
import io.meterline.ingest.Ingest;
import io.meterline.ingest.IngestRules;
import io.meterline.ingest.RejectedEvents;
import io.meterline.loader.Connections;
import io.meterline.loader.LoadTools;
import io.meterline.loader.Loaders;
import io.meterline.loader.Previews;
import io.meterline.loader.SecretBox;
import io.meterline.loader.source.Sources;
import io.meterline.meter.Aggregators;
import io.meterline.meter.DirectoryLookup;
import io.meterline.meter.UsageService;
import io.meterline.observe.Check;
import io.meterline.observe.Gauges;
import io.meterline.observe.Metrics;
import io.meterline.observe.Readiness;
import io.meterline.store.DiskSpace;
import io.meterline.store.EventStore;
import io.meterline.store.duckdb.DuckDbEventStore;
import io.meterline.store.duckdb.DuckDbOptions;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The running server, put together by hand in the order of the flow: what is stored, who may come in, what they can ask,
 * the door. Closing it closes the door first, lets the requests inside finish, and then the rest from back to front.
 *
 * <p>Tests start this class on port 0.
 */
public final class Server implements AutoCloseable {

    private final Closing closing;
    private final List<CreatedApiKey> firstKeys;
    private final Optional<SignInLink> firstSignIn;
    private final Routes routes;
    private final HttpServer http;
    private final CompletableFuture<String> gaveUp;

    private Server(Settings settings, InstantSource clock, Closing closing) {
        this.closing = closing;
        Metrics metrics = closing.with(new Metrics());

        // What is stored.
        closing.with(DataFolder.open(settings.data()));
        DiskSpace disk = diskSpace(settings, clock);
        ControlDatabase control = closing.with(ControlDatabase.open(
                settings.data(),
                settings.control().readers(),
                settings.control().queue()));

        // Who may come in.
        ApiKeys apiKeys = new ApiKeys(control, clock);
        IdempotencyKeys idempotencyKeys = new IdempotencyKeys(control, clock);
        Passwords passwords = closing.with(new Passwords());
        Sessions sessions = new Sessions(control, passwords, clock);
        Users users = new Users(control, clock);
        SignInLinks links = new SignInLinks(control, passwords, clock);
        AuditLog audit = new AuditLog(control, clock);
        closing.with(new Upkeep("sessions", sessions::expire));
        closing.with(new Upkeep("sign-in links", links::expire));
        closing.with(new Upkeep("the audit log", audit::expire));
        EnvironmentSettingsStore environments =
                new EnvironmentSettingsStore(control, settings.push().futureTolerance());
        CustomerDirectory directory = new CustomerDirectory(control, clock);
        Customers customers = new Customers(control, directory, clock);

        // What comes in, and where it is kept.
        DuckDbEventStore store = closing.with(
                DuckDbEventStore.open(settings.data().resolve("events"), clock, storeOptions(settings.store()), disk));
        EventStore events = store;
        gaveUp = store.gaveUp();
        UnpackedLibraries.remove();
        RejectedEvents rejected = new RejectedEvents(
                control, clock, settings.rejected().keep(), settings.rejected().max());
        Ingest ingest = new Ingest(
                events,
                CustomerResolver.of(directory),
                rejected,
                clock,
                environment -> IngestRules.of(environments.get(environment)));

        closing.with(new Upkeep("rejected events", rejected::expire));

        Imports imports = closing.with(new Imports(
                new ImportTools(control, ingest, rejected, disk, clock),
                settings.data().resolve("tmp").resolve("imports"),
                settings.imports().maxBytes(),
                settings.imports().atOnce(),
                settings.imports().queue()));
        imports.recover();

        // What is measured.
        Aggregators aggregators = new Aggregators(control, clock);
        UsageService usage = new UsageService(events, new DirectoryLookup(directory), clock);

        // What is sold.
        Products products = new Products(control, aggregators, clock);
        Subscriptions subscriptions = new Subscriptions(control, customers, directory, products, clock);
        Statements statements = new Statements(control, subscriptions, directory, products, aggregators, events);
        closing.with(new DueStatements(control, statements, clock).start());

        Simulations simulations = closing.with(new Simulations(
                new SimulationTools(
                        control,
                        events,
                        directory,
                        products,
                        aggregators,
                        subscriptions,
                        new Snapshots(control),
                        disk,
                        clock),
                settings.data().resolve("simulations")));
        simulations.recover();
        closing.with(new Upkeep("simulations", simulations::expire));

        // Where rows are pulled from.
        Sources sources = new Sources(settings.sources());
        Connections connections = new Connections(control, sources, SecretBox.open(settings.secretKeyFile()), clock);
        LoadTools loadTools = new LoadTools(
                sources,
                events,
                directory,
                rejected,
                environment -> environments.get(environment).futureTolerance(),
                settings.loader(),
                clock);
        Loaders loaders = closing.with(new Loaders(control, connections, loadTools, events));
        loaders.recover();

        // What they can ask.
        List<Check> checks =
                HealthChecks.of(control, events, disk, loaders, settings.ready().farBehind());
        Readiness readiness = new Readiness(checks, clock);
        new Gauges(metrics.registry())
                .ingest(ingest.counts())
                .store(events::figures)
                .loaders(loaders::figures)
                .disk(disk)
                .readiness(readiness, checks);
        LoaderRoutes loaderRoutes = new LoaderRoutes(loaders, new Previews(connections, loaders, loadTools), clock);
        routes = new Routes().beforeWriting(disk::require).tellingOfChanges(new AuditTrail(audit));
        routes.add(new ApiKeyRoutes(apiKeys))
                .add(new SettingsRoutes(environments))
                .add(new CustomerRoutes(customers))
                .add(new PersonalDataRoutes(
                        customers,
                        directory,
                        events,
                        rejected,
                        idempotencyKeys,
                        audit,
                        subscriptions,
                        statements,
                        control))
                .add(new EventApi(ingest, events, directory, rejected, new RateLimiter(clock)))
                .add(new EventPriceRoutes(
                        ingest, directory, new EventPrices(events, directory, subscriptions, statements)))
                .add(new ImportRoutes(imports))
                .add(new AggregatorRoutes(aggregators))
                .add(new UsageRoutes(aggregators, usage))
                .add(new ExportRoutes(
                        new Exports(
                                events,
                                directory,
                                settings.data().resolve("tmp").resolve("exports")),
                        directory,
                        aggregators,
                        usage))
                .add(new UsageEventRoutes(aggregators, usage, directory))
                .add(new PriceRoutes())
                .add(new ProductRoutes(products))
                .add(new SubscriptionRoutes(subscriptions))
                .add(new StatementRoutes(statements, events, directory))
                .add(new SimulationRoutes(simulations))
                .add(new ConnectionRoutes(connections, settings.egressAddresses()))
                .add(loaderRoutes)
                .add(new HealthRoutes(readiness, metrics))
                .add(new DocumentRoutes(routes));

        // What people see.
        EventTypes eventTypes = new EventTypes();
        Console console = new Console(
                new LocalApi(routes, idempotencyKeys),
                sessions,
                links,
                eventTypes,
                ConsolePages.of(eventTypes, clock, users, links, sessions, audit));
        Routes pages = new Routes().add(console);

        // The door.
        http = closing.with(HttpServer.start(
                options(settings.http()),
                routes.alongside(pages),
                apiKeys::authenticate,
                idempotencyKeys,
                (route, status, nanos) -> metrics.request(route.method(), route.path(), status, nanos)));

        // Closed before the door, which waits for the requests inside: these would not end by themselves.
        closing.with(loaderRoutes);
        closing.with(console);

        // Last, since they are shown once: a start that fails must not use them up.
        firstKeys = apiKeys.bootstrap(settings.bootstrap());
        firstSignIn = links.setup();
    }

    /** Starts everything and listens. When something cannot start, what had started is closed again. */
    public static Server start(Settings settings, InstantSource clock) {
        Closing closing = new Closing();
        try {
            return new Server(settings, clock, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    /** The random keys of a first start, to be shown once; empty later, and where settings fix them. */
    public List<CreatedApiKey> firstKeys() {
        return firstKeys;
    }

    /** The link that makes the first user of the console; empty when there is one. */
    public Optional<SignInLink> firstSignIn() {
        return firstSignIn;
    }

    /** Completes with the reason when something failed that only a new process may help. */
    CompletableFuture<String> gaveUp() {
        return gaveUp;
    }

    /** Every route, for the test that holds them against the API document. */
    Routes routes() {
        return routes;
    }

    @Override
    public void close() {
        closing.close();
    }

    private static HttpOptions options(Settings.Http http) {
        return new HttpOptions(
                http.host(),
                http.port(),
                http.idleTimeout(),
                http.readTimeout(),
                http.bodyTimeout(),
                http.connections(),
                http.bodyMemoryBytes());
    }

    private static DuckDbOptions storeOptions(Settings.Store store) {
        return DuckDbOptions.DEFAULT
                .withMemoryMiB(Math.toIntExact(store.memoryLimitBytes() >> 20))
                .withThreads(store.threads())
                .withQueuedEvents(store.queueEvents())
                .withFoldRows(store.foldRows());
    }

    private static DiskSpace diskSpace(Settings settings, InstantSource clock) {
        try {
            return DiskSpace.of(settings.data(), settings.ready().reserveBytes(), clock);
        } catch (IOException e) {
            throw new StartException("The disk of the data folder cannot be looked at: " + e.getMessage(), e);
        }
    }
}
