package io.meterline.billing.statement;

import io.meterline.billing.ProductJson;
import io.meterline.billing.Products;
import io.meterline.billing.SubscriptionJson;
import io.meterline.billing.Subscriptions;
import io.meterline.control.ControlDatabase;
import io.meterline.customer.CreatePolicy;
import io.meterline.customer.CustomerDirectory;
import io.meterline.customer.CustomerReference;
import io.meterline.customer.Customers;
import io.meterline.event.Environment;
import io.meterline.meter.Aggregators;
import io.meterline.meter.DefinitionJson;
import io.meterline.store.ReferenceEventStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All that statements are made of, with events in memory, a database on the disk, and a clock that tests set. */
final class StatementWorld implements AutoCloseable {

    private static final Environment LIVE = Environment.LIVE;

    final AtomicReference<Instant> now;
    final ReferenceEventStore events;
    private final BreakingReader reader;
    private final Path folder;
    private ControlDatabase database;
    private CustomerDirectory directory;
    private Customers customers;
    private Aggregators aggregators;
    private Products products;
    private Subscriptions subscriptions;
    private Statements statements;
    private DueStatements due;

    StatementWorld(Path folder, String now) {
        this.folder = folder;
        this.now = new AtomicReference<>(Instant.parse(now));
        this.events = new ReferenceEventStore(this.now::get);
        this.reader = new BreakingReader(events);
        open();
    }

    /** What statements ask, to make it fail. */
    BreakingReader reader() {
        return reader;
    }

    private void open() {
        database = ControlDatabase.open(folder, 2, 100);
        directory = new CustomerDirectory(database, now::get);
        customers = new Customers(database, directory, now::get);
        aggregators = new Aggregators(database, now::get);
        products = new Products(database, aggregators, now::get);
        subscriptions = new Subscriptions(database, customers, directory, products, now::get);
        statements = new Statements(database, subscriptions, directory, products, aggregators, reader);
        due = new DueStatements(database, statements, now::get);
    }

    /** What a process forgets when it ends, forgotten. */
    void restart() {
        close();
        open();
    }

    /** The number of a customer, who is created. */
    long customer(String externalId) {
        directory.resolve(LIVE, List.of(CustomerReference.of(externalId)), CreatePolicy.CREATE);
        return directory.find(LIVE, externalId).orElseThrow().number();
    }

    String aggregator(String json) {
        return aggregators.create(LIVE, DefinitionJson.read(json(json))).id();
    }

    String product(String json) {
        return products.create(LIVE, ProductJson.read(json(json))).id();
    }

    void updateAggregator(String id, String json) {
        aggregators.update(LIVE, id, DefinitionJson.read(json(json)));
    }

    void updateProduct(String id, String json) {
        products.update(LIVE, id, ProductJson.read(json(json)));
    }

    String subscription(String json) {
        return subscriptions
                .create(LIVE, SubscriptionJson.read(json(json)))
                .subscription()
                .id();
    }

    void updateSubscription(String id, String json) {
        subscriptions.update(LIVE, id, json(json));
    }

    void change(String subscription, String json) {
        subscriptions.change(LIVE, subscription, SubscriptionJson.readChange(json(json)));
    }

    Products products() {
        return products;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Customers customers() {
        return customers;
    }

    Statements statements() {
        return statements;
    }

    /** What is due by the clock. */
    DueStatements due() {
        return due;
    }

    Statement statement(String subscription, int number) {
        return statements.get(LIVE, new StatementId(subscription, number).text());
    }

    Statement close(String subscription, int number) {
        return statements.close(LIVE, new StatementId(subscription, number).text());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @Override
    public void close() {
        due.close();
        database.close();
    }
}
