package io.meterline.billing;

import io.meterline.control.ControlDatabase;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.control.Status;
import io.meterline.control.Versioned;
import io.meterline.control.VersionedTable;
import io.meterline.event.Environment;
import io.meterline.event.RuleException;
import io.meterline.event.RuleException.Kind;
import io.meterline.event.RuleException.Violation;
import io.meterline.event.Timestamps;
import io.meterline.meter.Aggregator;
import io.meterline.meter.Aggregators;
import io.meterline.meter.Operation;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The products of both environments, with every version of each. A change of a price or a filter makes a version. */
public final class Products {

    private static final VersionedTable<ProductDefinition> TABLE = new VersionedTable<>(
            "product",
            product -> ProductJson.write(product).toString(),
            text -> ProductJson.read(StoredJson.read(text)));

    private final ControlDatabase database;
    private final Aggregators aggregators;
    private final InstantSource clock;

    public Products(ControlDatabase database, Aggregators aggregators, InstantSource clock) {
        this.database = database;
        this.aggregators = aggregators;
        this.clock = clock;
    }

    /** Saves version 1. Throws {@code RuleException} when the aggregator cannot measure it. */
    public Versioned<ProductDefinition> create(Environment environment, ProductDefinition definition) {
        checkAggregator(environment, definition);
        String id = BillingIds.product();
        long now = now();
        return database.write(handle -> {
            TABLE.insert(handle, environment, id, definition, now);
            return find(handle, environment, id);
        });
    }

    /** The current version. Throws {@code RuleException} {@code unknown_product}. */
    public Versioned<ProductDefinition> get(Environment environment, String id) {
        return database.read(handle -> find(handle, environment, id));
    }

    /** One version. Throws {@code RuleException} {@code unknown_product} or {@code unknown_version}. */
    public Versioned<ProductDefinition> version(Environment environment, String id, int version) {
        return database.read(handle -> {
            find(handle, environment, id);
            return TABLE.version(handle, environment, id, version)
                    .orElseThrow(() -> new RuleException(
                            Kind.NOT_FOUND, "unknown_version", "The product has no version " + version + "."));
        });
    }

    /** Current versions, the newest product first. */
    public Page<Versioned<ProductDefinition>> list(
            Environment environment, Collection<Status> statuses, PageRequest page) {
        return database.read(handle -> TABLE.list(handle, environment, statuses, page));
    }

    /** All versions of a product, the newest first. */
    public Page<Versioned<ProductDefinition>> versions(Environment environment, String id, PageRequest page) {
        return database.read(handle -> TABLE.versions(handle, find(handle, environment, id), page));
    }

    /** Makes a new version, unless nothing changes. Throws {@code unknown_product} or {@code product_archived}. */
    public Versioned<ProductDefinition> update(Environment environment, String id, ProductDefinition definition) {
        checkAggregator(environment, definition);
        long now = now();
        return database.write(handle -> {
            Versioned<ProductDefinition> current = find(handle, environment, id);
            if (current.status() == Status.ARCHIVED) {
                throw new RuleException(
                        Kind.UNPROCESSABLE,
                        "product_archived",
                        "The product is archived and cannot be edited; create a new one.");
            }
            if (current.definition().equals(definition)) {
                return current;
            }
            TABLE.addVersion(handle, id, current.version() + 1, definition, now);
            return find(handle, environment, id);
        });
    }

    /** Takes it out of use; again is no error. Throws {@code RuleException} {@code unknown_product}. */
    public Versioned<ProductDefinition> archive(Environment environment, String id) {
        return database.write(handle -> {
            find(handle, environment, id);
            TABLE.setStatus(handle, id, Status.ARCHIVED);
            return find(handle, environment, id);
        });
    }

    /** Whether what measures a product knows the amount of each event, which only a sum or a formula does. */
    public boolean hasEventAmounts(Environment environment, ProductDefinition product) {
        String id = product.aggregatorId();
        return id != null
                && hasEventAmounts(aggregators.get(environment, id).definition().operation());
    }

    /** Whether what measures a product averages over a period, so that it has no figure of all time. */
    boolean needsPeriod(Environment environment, ProductDefinition product) {
        String id = product.aggregatorId();
        return id != null && aggregators.get(environment, id).definition().operation() == Operation.WEIGHTED_SUM;
    }

    private static boolean hasEventAmounts(Operation operation) {
        return operation == Operation.SUM || operation == Operation.FORMULA;
    }

    private void checkAggregator(Environment environment, ProductDefinition product) {
        String id = product.aggregatorId();
        if (id == null) {
            return;
        }
        Aggregator aggregator;
        try {
            aggregator = aggregators.get(environment, id);
        } catch (RuleException e) {
            throw e.kind() == Kind.NOT_FOUND ? unfit(e.code(), "there is no such aggregator here") : e;
        }
        if (aggregator.status() == Status.ARCHIVED) {
            throw unfit("aggregator_archived", "the aggregator is archived");
        }
        if (product.pricesEvents() && !hasEventAmounts(aggregator.definition().operation())) {
            throw unfit(
                    "aggregator_has_no_event_amounts",
                    "a percentage price needs the amount of each event, which only a sum or a formula has");
        }
    }

    private static RuleException unfit(String code, String message) {
        return new RuleException(
                Kind.UNPROCESSABLE,
                code,
                "aggregator_id: " + message + ".",
                List.of(new Violation("aggregator_id", code, message)));
    }

    private static Versioned<ProductDefinition> find(Handle handle, Environment environment, String id) {
        return TABLE.current(handle, environment, id)
                .orElseThrow(() -> new RuleException(
                        Kind.NOT_FOUND,
                        "unknown_product",
                        "There is no product with this id in the " + environment.text() + " environment."));
    }

    private long now() {
        return Timestamps.micros(clock.instant());
    }
}
