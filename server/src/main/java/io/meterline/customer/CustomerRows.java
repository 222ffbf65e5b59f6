package io.meterline.customer;

import io.meterline.control.Columns;
import io.meterline.control.PageRequest;
import io.meterline.event.CustomerId;
import io.meterline.event.Environment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of single customers and of listings. */
final class CustomerRows {
    private CustomerRows() {}

    /**
     * A customer and its place among merges.
     *
     * @param mergedInto number of the customer it was merged into, null when it is its own
     * @param canonical number of the one at the end of that chain, its own when it is not merged
     */
    record Row(Customer customer, @Nullable Long mergedInto, long canonical) {
        long number() {
            return customer.number();
        }
    }

    /** The customer that a text itself names, whether it is merged or not. */
    static Optional<Row> own(Handle handle, Environment environment, String text) {
        String sql = CustomerId.isOne(text)
                ? "SELECT c.* FROM customers c WHERE c.environment = :environment AND c.id = :text"
                : """
                SELECT c.* FROM customer_external_ids x JOIN customers c ON c.number = x.customer
                WHERE x.environment = :environment AND x.external_id = :text
                """;
        return handle.createQuery(sql)
                .bind("environment", environment.text())
                .bind("text", text)
                .map((row, _) -> row(row))
                .findOne();
    }

    /** The customer that a text leads to. Throws {@code RuleException} 404 {@code unknown_customer}. */
    static Row canonical(Handle handle, Environment environment, String text) {
        Row own = own(handle, environment, text).orElseThrow(() -> CustomerRules.notFound(text));
        return own.mergedInto() == null ? own : byNumber(handle, own.canonical());
    }

    static Row byNumber(Handle handle, long number) {
        return handle.createQuery("SELECT * FROM customers WHERE number = :number")
                .bind("number", number)
                .map((row, _) -> row(row))
                .one();
    }

    /** The customers that were merged into one, whatever the way. */
    static List<Row> mergedInto(Handle handle, long canonical) {
        return handle.createQuery("SELECT * FROM customers WHERE canonical = :canonical ORDER BY number")
                .bind("canonical", canonical)
                .map((row, _) -> row(row))
                .list();
    }

    static long insert(
            Handle handle, Environment environment, String id, CustomerDraft draft, CustomerStatus status, long now) {
        return handle.createQuery("""
                        INSERT INTO customers (id, environment, external_id, name, currency, time_zone, properties,
                            status, created_at, updated_at)
                        VALUES (:id, :environment, :externalId, :name, :currency, :timeZone, :properties,
                            :status, :now, :now)
                        RETURNING number
                        """)
                .bind("id", id)
                .bind("environment", environment.text())
                .bind("externalId", draft.externalId())
                .bind("name", draft.name())
                .bind("currency", draft.currency())
                .bind("timeZone", draft.timeZone())
                .bind("properties", CustomerJson.text(draft.properties()))
                .bind("status", status.text())
                .bind("now", now)
                .mapTo(Long.class)
                .one();
    }

    static void update(Handle handle, long number, CustomerDraft draft, CustomerStatus status, long now) {
        handle.createUpdate("""
                        UPDATE customers SET external_id = :externalId, name = :name, currency = :currency,
                            time_zone = :timeZone, properties = :properties, status = :status, updated_at = :now
                        WHERE number = :number
                        """)
                .bind("number", number)
                .bind("externalId", draft.externalId())
                .bind("name", draft.name())
                .bind("currency", draft.currency())
                .bind("timeZone", draft.timeZone())
                .bind("properties", CustomerJson.text(draft.properties()))
                .bind("status", status.text())
                .bind("now", now)
                .execute();
    }

    static void insertExternalId(Handle handle, Environment environment, String externalId, long number, long now) {
        handle.execute(
                "INSERT INTO customer_external_ids (environment, external_id, customer, created_at) VALUES (?, ?, ?, ?)",
                environment.text(),
                externalId,
                number,
                now);
    }

    /** Every external id that ever named a customer, with the time it was first used. */
    static Map<String, Long> externalIds(Handle handle, long number) {
        Map<String, Long> since = new LinkedHashMap<>();
        handle.createQuery("""
                        SELECT external_id, created_at FROM customer_external_ids WHERE customer = :number
                        ORDER BY created_at, external_id
                        """)
                .bind("number", number)
                .map((row, _) -> Map.entry(row.getString("external_id"), row.getLong("created_at")))
                .forEach(entry -> since.put(entry.getKey(), entry.getValue()));
        return since;
    }

    /** One row more than the page takes, when there is one; the newest first. */
    static List<Customer> page(Handle handle, Environment environment, CustomerFilter filter, PageRequest request) {
        Map<String, Object> values = new LinkedHashMap<>();
        String where = where(environment, filter, values);
        Long position = request.position();
        if (position != null) {
            where += " AND number < :before";
            values.put("before", position);
        }
        return handle.createQuery(
                        "SELECT * FROM customers WHERE " + where + " ORDER BY number DESC LIMIT :take OFFSET :skip")
                .bindMap(values)
                .bind("take", request.take() + 1)
                .bind("skip", request.skip())
                .map((row, _) -> row(row).customer())
                .list();
    }

    static long count(Handle handle, Environment environment, CustomerFilter filter) {
        Map<String, Object> values = new LinkedHashMap<>();
        return handle.createQuery("SELECT count(*) FROM customers WHERE " + where(environment, filter, values))
                .bindMap(values)
                .mapTo(Long.class)
                .one();
    }

    private static String where(Environment environment, CustomerFilter filter, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>(List.of("environment = :environment", "merged_into IS NULL"));
        values.put("environment", environment.text());
        conditions.add(in(
                "status",
                filter.statuses().stream().map(CustomerStatus::text).sorted().toList(),
                values));
        if (!filter.externalIds().isEmpty()) {
            conditions.add(
                    in("external_id", filter.externalIds().stream().sorted().toList(), values));
        }
        if (filter.currency() != null) {
            conditions.add("currency = :currency");
            values.put("currency", filter.currency());
        }
        if (filter.search() != null) {
            conditions.add("""
                    (lower(name) LIKE lower(:search) ESCAPE '!' OR lower(external_id) LIKE lower(:search) ESCAPE '!'
                        OR id LIKE :idStart ESCAPE '!')""");
            String search = filter.search().replaceAll("[!%_]", "!$0");
            values.put("search", "%" + search + "%");
            values.put("idStart", search + "%");
        }
        conditions.add("created_at >= :createdFrom AND created_at < :createdTo");
        values.put("createdFrom", filter.created().fromMicros());
        values.put("createdTo", filter.created().toMicros());
        return String.join(" AND ", conditions);
    }

    private static String in(String column, List<String> wanted, Map<String, Object> values) {
        List<String> names = new ArrayList<>();
        for (String one : wanted) {
            String name = column + "_" + names.size();
            values.put(name, one);
            names.add(":" + name);
        }
        return column + " IN (" + String.join(", ", names) + ")";
    }

    private static Row row(ResultSet row) throws SQLException {
        Customer customer = new Customer(
                row.getLong("number"),
                row.getString("id"),
                Environment.of(row.getString("environment")),
                row.getString("external_id"),
                row.getString("name"),
                row.getString("currency"),
                row.getString("time_zone"),
                CustomerJson.parse(row.getString("properties")),
                CustomerStatus.of(row.getString("status")),
                row.getLong("created_at"),
                row.getLong("updated_at"));
        Long canonical = Columns.nullableLong(row, "canonical");
        return new Row(
                customer, Columns.nullableLong(row, "merged_into"), canonical == null ? customer.number() : canonical);
    }
}
