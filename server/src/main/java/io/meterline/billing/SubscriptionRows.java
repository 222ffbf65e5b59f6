package io.meterline.billing;

import io.meterline.billing.Subscription.Dated;
import io.meterline.control.Columns;
import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.event.Environment;
import io.meterline.meter.Mode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The SQL of subscriptions and of their terms. */
final class SubscriptionRows {
    private static final String STATUS = """
            CASE WHEN ends_at IS NOT NULL AND (ends_at <= :now OR ends_at <= starts_at) THEN 'ended'
                 WHEN starts_at > :now THEN 'scheduled' ELSE 'active' END""";

    // The terms of now, or of the start, and those to come. Products are named in them by "product_id":"…".
    private static final String HAS_PRODUCT = """
             AND EXISTS (SELECT 1 FROM subscription_terms t WHERE t.owner = subscriptions.number
                AND t.definition LIKE :product ESCAPE '!' AND NOT EXISTS (
                    SELECT 1 FROM subscription_terms later WHERE later.owner = t.owner
                        AND later.effective_from > t.effective_from AND later.effective_from <= :now))""";

    private static final int AT_ONCE = 500;

    private SubscriptionRows() {}

    static void insert(Handle handle, Environment environment, Subscription subscription) {
        bind(handle.createUpdate("""
                        INSERT INTO subscriptions (id, environment, customer, external_id, currency, time_zone, starts_at,
                            ends_at, canceled_at, metering, close_after, prorates, due_at, revision, created_at, updated_at)
                        VALUES (:id, :environment, :customer, :externalId, :currency, :zone, :startsAt,
                            :endsAt, :canceledAt, :metering, :closeAfter, :prorates, :dueAt, :revision, :updatedAt, :updatedAt)
                        """), environment, subscription).execute();
        insertTerms(handle, subscription);
    }

    /**
     * False when somebody else has written it since it was read, or a statement is closed whose period goes on beyond its
     * {@code updatedAt}: clocks differ, and a closed period is never cut.
     */
    static boolean update(Handle handle, Environment environment, Subscription subscription) {
        int found = bind(handle.createUpdate("""
                        UPDATE subscriptions SET customer = :customer, external_id = :externalId, currency = :currency,
                            time_zone = :zone, starts_at = :startsAt, ends_at = :endsAt, canceled_at = :canceledAt,
                            metering = :metering, close_after = :closeAfter, prorates = :prorates, due_at = :dueAt,
                            revision = revision + 1, updated_at = :updatedAt
                        WHERE environment = :environment AND id = :id AND revision = :revision AND NOT EXISTS (
                            SELECT 1 FROM statements c WHERE c.owner = subscriptions.number AND c.to_at > :updatedAt)
                        """), environment, subscription).execute();
        if (found == 0) {
            return false;
        }
        handle.createUpdate(
                        "DELETE FROM subscription_terms WHERE owner = (SELECT number FROM subscriptions WHERE id = :id)")
                .bind("id", subscription.id())
                .execute();
        insertTerms(handle, subscription);
        return true;
    }

    static Optional<Subscription> find(Handle handle, Environment environment, String id) {
        List<Numbered> rows = handle.createQuery(
                        "SELECT * FROM subscriptions WHERE environment = :environment AND id = :id")
                .bind("environment", environment.text())
                .bind("id", id)
                .map((row, _) -> numbered(row))
                .list();
        return withTerms(handle, rows).stream().map(Numbered::subscription).findFirst();
    }

    static List<Subscription> ofCustomers(Handle handle, Environment environment, Set<Long> customers) {
        List<Numbered> rows = handle.createQuery("""
                        SELECT * FROM subscriptions WHERE environment = :environment AND customer IN (<customers>)
                        ORDER BY number
                        """)
                .bind("environment", environment.text())
                .bindList("customers", List.copyOf(customers))
                .map((row, _) -> numbered(row))
                .list();
        return withTerms(handle, rows).stream().map(Numbered::subscription).toList();
    }

    /**
     * Those of customers that have, had or will have a product, the oldest first. The environment is that of the customers; as a
     * condition it would make SQLite look at all subscriptions of the environment.
     */
    static List<Subscription> withProduct(Handle handle, String productId, Collection<Long> customers) {
        List<Numbered> found = new ArrayList<>();
        List<Long> all = List.copyOf(customers);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Numbered> rows = handle.createQuery("""
                            SELECT * FROM subscriptions WHERE customer IN (<customers>) AND EXISTS (SELECT 1 FROM subscription_terms
                                    WHERE owner = number AND definition LIKE :product)
                            """)
                    .bindList("customers", all.subList(from, Math.min(all.size(), from + AT_ONCE)))
                    .bind("product", "%" + productId + "%")
                    .map((row, _) -> numbered(row))
                    .list();
            found.addAll(withTerms(handle, rows));
        }
        return found.stream()
                .sorted(Comparator.comparingLong(Numbered::number))
                .map(Numbered::subscription)
                .filter(subscription -> subscription.terms().stream()
                        .anyMatch(dated -> dated.terms().product(productId).isPresent()))
                .toList();
    }

    static Optional<String> ownerOf(Handle handle, Environment environment, String externalId) {
        return handle.createQuery(
                        "SELECT id FROM subscriptions WHERE environment = :environment AND external_id = :externalId")
                .bind("environment", environment.text())
                .bind("externalId", externalId)
                .mapTo(String.class)
                .findOne();
    }

    /** The newest first. */
    static Page<Subscription> list(
            Handle handle, Environment environment, SubscriptionFilter filter, long now, PageRequest page) {
        String where = " FROM subscriptions WHERE environment = :environment AND " + STATUS + " IN (<statuses>)"
                + (filter.customers() == null ? "" : " AND customer IN (<customers>)")
                + (filter.externalId() == null ? "" : " AND external_id = :externalId")
                + (filter.productId() == null ? "" : HAS_PRODUCT);
        long total = bind(handle.createQuery("SELECT count(*)" + where), environment, filter, now)
                .mapTo(Long.class)
                .one();
        Long position = page.position();
        List<Numbered> rows = bind(
                        handle.createQuery("SELECT *" + where
                                + " AND number < :position ORDER BY number DESC LIMIT :limit OFFSET :skip"),
                        environment,
                        filter,
                        now)
                .bind("position", position == null ? Long.MAX_VALUE : position)
                .bind("limit", page.take() + 1)
                .bind("skip", page.skip())
                .map((row, _) -> numbered(row))
                .list();
        Page<Numbered> found = Page.of(withTerms(handle, rows), page, total, Numbered::number);
        return new Page<>(found.data().stream().map(Numbered::subscription).toList(), total, found.nextCursor());
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement, Environment environment, SubscriptionFilter filter, long now) {
        S bound = statement
                .bind("environment", environment.text())
                .bind("now", now)
                .bindList(
                        "statuses",
                        filter.statuses().stream().map(SubscriptionStatus::text).toList());
        if (filter.customers() != null) {
            bound = bound.bindList("customers", List.copyOf(filter.customers()));
        }
        if (filter.externalId() != null) {
            bound = bound.bind("externalId", filter.externalId());
        }
        return filter.productId() == null
                ? bound
                : bound.bind("product", "%\"" + literally(filter.productId()) + "\"%");
    }

    private static String literally(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Environment environment, Subscription subscription) {
        return statement
                .bind("id", subscription.id())
                .bind("environment", environment.text())
                .bind("customer", subscription.customer())
                .bind("externalId", subscription.externalId())
                .bind("currency", subscription.currency().getCurrencyCode())
                .bind("zone", subscription.zone().getId())
                .bind("startsAt", subscription.startsAtMicros())
                .bind("endsAt", subscription.endsAtMicros())
                .bind("canceledAt", subscription.canceledAtMicros())
                .bind("metering", subscription.rules().metering().text())
                .bind("closeAfter", subscription.rules().closeAfterText())
                .bind("prorates", subscription.rules().proratesFlatFees())
                .bind("dueAt", subscription.rules().isTimed() ? subscription.updatedAtMicros() : null)
                .bind("revision", subscription.revision())
                .bind("updatedAt", subscription.updatedAtMicros());
    }

    private static void insertTerms(Handle handle, Subscription subscription) {
        for (Dated dated : subscription.terms()) {
            handle.createUpdate("""
                            INSERT INTO subscription_terms (owner, effective_from, definition)
                            SELECT number, :from, :definition FROM subscriptions WHERE id = :id
                            """)
                    .bind("from", dated.fromMicros())
                    .bind("definition", SubscriptionJson.write(dated.terms()).toString())
                    .bind("id", subscription.id())
                    .execute();
        }
    }

    private static List<Numbered> withTerms(Handle handle, List<Numbered> rows) {
        if (rows.isEmpty()) {
            return rows;
        }
        Map<Long, List<Dated>> terms = new HashMap<>();
        handle.createQuery("""
                        SELECT owner, effective_from, definition FROM subscription_terms WHERE owner IN (<owners>)
                        ORDER BY owner, effective_from
                        """)
                .bindList("owners", rows.stream().map(Numbered::number).toList())
                .map((row, _) -> Map.entry(
                        row.getLong("owner"),
                        new Dated(
                                row.getLong("effective_from"),
                                SubscriptionJson.readTerms(StoredJson.read(row.getString("definition"))))))
                .forEach(entry -> terms.computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                        .add(entry.getValue()));
        return rows.stream()
                .map(row -> new Numbered(
                        row.number(), row.subscription().withTerms(terms.getOrDefault(row.number(), List.of()))))
                .toList();
    }

    private static Numbered numbered(ResultSet row) throws SQLException {
        return new Numbered(
                row.getLong("number"),
                new Subscription(
                        row.getString("id"),
                        row.getLong("customer"),
                        row.getString("external_id"),
                        Currency.getInstance(row.getString("currency")),
                        ZoneId.of(row.getString("time_zone")),
                        row.getLong("starts_at"),
                        Columns.nullableLong(row, "ends_at"),
                        Columns.nullableLong(row, "canceled_at"),
                        List.of(),
                        rules(row),
                        row.getLong("revision"),
                        row.getLong("created_at"),
                        row.getLong("updated_at")));
    }

    private static StatementRules rules(ResultSet row) throws SQLException {
        return new StatementRules(
                row.getString("metering").equals(Mode.ALL_TIME.text()) ? Mode.ALL_TIME : Mode.PERIOD,
                StatementRules.closeAfter(row.getString("close_after")),
                row.getBoolean("prorates"));
    }

    /** A subscription and its place in the order of creation. */
    private record Numbered(long number, Subscription subscription) {}
}
