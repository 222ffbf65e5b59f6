package io.meterline.customer;

import io.meterline.event.CustomerId;
import io.meterline.event.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The SQL of lookups by the thousand. */
final class DirectoryRows {

    private static final int CHUNK = 500;
    private static final String FOUND = """
            c.number, c.external_id, COALESCE(k.number, c.number) AS canonical_number,
            COALESCE(k.id, c.id) AS canonical_id,
            CASE WHEN k.number IS NULL THEN c.external_id ELSE k.external_id END AS canonical_external_id
            """;

    private DirectoryRows() {}

    /** The customers that texts name; those that nobody knows are missing in the answer. */
    static Map<String, Resolution.Resolved> find(Handle handle, Environment environment, Collection<String> texts) {
        List<String> ids = new ArrayList<>();
        List<String> externalIds = new ArrayList<>();
        texts.forEach(text -> (CustomerId.isOne(text) ? ids : externalIds).add(text));
        Map<String, Resolution.Resolved> found = HashMap.newHashMap(texts.size());
        for (List<String> chunk : chunks(ids)) {
            Query query = handle.createQuery("SELECT c.id AS text, " + FOUND + """
                    FROM customers c LEFT JOIN customers k ON k.number = c.canonical
                    WHERE c.environment = :environment AND c.id IN (<texts>)
                    """);
            collect(query, environment, chunk, found);
        }
        for (List<String> chunk : chunks(externalIds)) {
            Query query = handle.createQuery("SELECT x.external_id AS text, " + FOUND + """
                    FROM customer_external_ids x JOIN customers c ON c.number = x.customer
                    LEFT JOIN customers k ON k.number = c.canonical
                    WHERE x.environment = :environment AND x.external_id IN (<texts>)
                    """);
            collect(query, environment, chunk, found);
        }
        return found;
    }

    /** Makes pending customers for external ids that are unknown, and gives the ids for which it did. */
    static Set<String> create(
            Handle handle,
            Environment environment,
            Map<String, @Nullable String> namesByExternalId,
            RandomGenerator random,
            long now) {
        Set<String> unknown = new HashSet<>(namesByExternalId.keySet());
        unknown.removeAll(find(handle, environment, unknown).keySet());
        if (unknown.isEmpty()) {
            return unknown;
        }
        PreparedBatch customers = handle.prepareBatch("""
                INSERT INTO customers (id, environment, external_id, name, properties, status, created_at, updated_at)
                VALUES (:id, :environment, :externalId, :name, '{}', :status, :now, :now)
                """);
        PreparedBatch externalIds = handle.prepareBatch("""
                INSERT INTO customer_external_ids (environment, external_id, customer, created_at)
                SELECT environment, external_id, number, created_at FROM customers WHERE id = :id
                """);
        namesByExternalId.forEach((externalId, name) -> {
            if (unknown.contains(externalId)) {
                String id = CustomerId.next(random);
                customers
                        .bind("id", id)
                        .bind("environment", environment.text())
                        .bind("externalId", externalId)
                        .bind("name", name)
                        .bind("status", CustomerStatus.AUTOMATICALLY_CREATED.text())
                        .bind("now", now)
                        .add();
                externalIds.bind("id", id).add();
            }
        });
        customers.execute();
        externalIds.execute();
        return unknown;
    }

    static Map<Long, CustomerRef> byNumber(Handle handle, Collection<Long> numbers) {
        Map<Long, CustomerRef> found = HashMap.newHashMap(numbers.size());
        for (List<Long> chunk : chunks(List.copyOf(numbers))) {
            handle.createQuery("SELECT " + FOUND + """
                            FROM customers c LEFT JOIN customers k ON k.number = c.canonical
                            WHERE c.number IN (<numbers>)
                            """)
                    .bindList("numbers", chunk)
                    .map((row, _) -> new CustomerRef(
                            row.getLong("number"),
                            row.getLong("canonical_number"),
                            row.getString("canonical_id"),
                            row.getString("canonical_external_id")))
                    .forEach(ref -> found.put(ref.number(), ref));
        }
        return found;
    }

    /** A customer and all that were merged into it, by the number of the one at the end of the chain. */
    static Set<Long> group(Handle handle, long canonical) {
        Set<Long> numbers =
                new HashSet<>(handle.createQuery("SELECT number FROM customers WHERE canonical = :canonical")
                        .bind("canonical", canonical)
                        .mapTo(Long.class)
                        .list());
        numbers.add(canonical);
        return Set.copyOf(numbers);
    }

    static List<Long> numbersAfter(Handle handle, Environment environment, long number, int most) {
        return handle.createQuery("""
                        SELECT number FROM customers
                        WHERE environment = :environment AND number > :number AND canonical IS NULL
                        ORDER BY number LIMIT :most
                        """)
                .bind("environment", environment.text())
                .bind("number", number)
                .bind("most", most)
                .mapTo(Long.class)
                .list();
    }

    static long count(Handle handle, Environment environment) {
        return handle.createQuery(
                        "SELECT count(*) FROM customers WHERE environment = :environment AND canonical IS NULL")
                .bind("environment", environment.text())
                .mapTo(Long.class)
                .one();
    }

    static Map<Long, Long> merged(Handle handle, Environment environment) {
        Map<Long, Long> merged = new HashMap<>();
        handle.createQuery("""
                        SELECT number, canonical FROM customers
                        WHERE environment = :environment AND canonical IS NOT NULL
                        """)
                .bind("environment", environment.text())
                .map((row, _) -> Map.entry(row.getLong("number"), row.getLong("canonical")))
                .forEach(entry -> merged.put(entry.getKey(), entry.getValue()));
        return Map.copyOf(merged);
    }

    private static void collect(
            Query query, Environment environment, List<String> texts, Map<String, Resolution.Resolved> found) {
        query.bind("environment", environment.text())
                .bindList("texts", texts)
                .map((row, _) -> Map.entry(row.getString("text"), resolved(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    }

    private static Resolution.Resolved resolved(ResultSet row) throws SQLException {
        return new Resolution.Resolved(
                row.getLong("number"),
                row.getLong("canonical_number"),
                row.getString("canonical_id"),
                row.getString("external_id"),
                false);
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(all.size(), from + CHUNK)));
        }
        return chunks;
    }
}
