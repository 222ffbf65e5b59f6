package io.meterline.billing.statement;

import io.meterline.billing.Subscription;
import io.meterline.billing.line.PricedLine;
import io.meterline.billing.statement.StatementJson.Figures;
import io.meterline.event.Environment;
import io.meterline.event.Period;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of closed statements, of snapshots, and of when something is due. */
final class StatementRows {

    private static final String OWNER = "(SELECT number FROM subscriptions WHERE id = :subscription)";

    private StatementRows() {}

    /** The closed statements of a subscription, the first one first. */
    static List<Statement> closed(Handle handle, Subscription subscription) {
        return handle.createQuery("SELECT * FROM statements WHERE owner = " + OWNER + " ORDER BY number")
                .bind("subscription", subscription.id())
                .map((row, _) -> statement(row, subscription))
                .list();
    }

    /**
     * False when it was closed already, the one before it is not, or the subscription was changed since it was read. Counts
     * as a change itself, so that none that was based on what was before it is written after it.
     */
    static boolean insert(Handle handle, Subscription subscription, Statement statement) {
        int isNext = handle.createUpdate("""
                        UPDATE subscriptions SET revision = revision + 1
                        WHERE id = :subscription AND revision = :revision
                            AND (SELECT count(*) FROM statements c WHERE c.owner = subscriptions.number) = :number - 1
                        """)
                .bind("subscription", subscription.id())
                .bind("revision", subscription.revision())
                .bind("number", statement.number())
                .execute();
        if (isNext == 0) {
            return false;
        }
        handle.createUpdate("""
                        INSERT INTO statements (owner, number, from_at, to_at, closed_at, total, document)
                        SELECT number, :number, :from, :to, :closedAt, :total, :document
                        FROM subscriptions WHERE id = :subscription
                        """)
                .bind("subscription", subscription.id())
                .bind("number", statement.number())
                .bind("from", statement.period().fromMicros())
                .bind("to", statement.period().toMicros())
                .bind("closedAt", statement.closedAtMicros())
                .bind("total", statement.total().toPlainString())
                .bind("document", StatementJson.write(Figures.of(statement)))
                .execute();
        for (long customer : statement.customers()) {
            if (customer != subscription.customer()) {
                handle.createUpdate(
                                "INSERT INTO statement_customers (customer, owner, number) SELECT :customer, number,"
                                        + " :number FROM subscriptions WHERE id = :subscription")
                        .bind("customer", customer)
                        .bind("number", statement.number())
                        .bind("subscription", subscription.id())
                        .execute();
            }
        }
        return true;
    }

    private static Statement statement(ResultSet row, Subscription subscription) throws SQLException {
        Figures figures = StatementJson.read(row.getString("document"));
        return new Statement(
                subscription.id(),
                subscription.customer(),
                row.getInt("number"),
                new Period(row.getLong("from_at"), row.getLong("to_at")),
                subscription.currency(),
                subscription.zone(),
                figures.customers(),
                figures.lines(),
                figures.adjustments(),
                figures.measuredAtMicros(),
                row.getLong("closed_at"),
                row.getBoolean("sealed"));
    }

    /** Nothing that these customers were billed for is adjusted any more. What is just being closed is closed anew. */
    static void seal(Handle handle, Collection<Long> customers) {
        handle.createUpdate("UPDATE subscriptions SET revision = revision + 1 WHERE customer IN (<customers>)")
                .bindList("customers", List.copyOf(customers))
                .execute();
        handle.createUpdate("""
                        UPDATE statements SET sealed = TRUE
                        WHERE owner IN (SELECT number FROM subscriptions WHERE customer IN (<customers>))
                            OR EXISTS (SELECT 1 FROM statement_customers c WHERE c.customer IN (<customers>)
                                AND c.owner = statements.owner AND c.number = statements.number)
                        """).bindList("customers", List.copyOf(customers)).execute();
    }

    /** What there was at the end of a period, if it was measured already. */
    static Optional<Figures> snapshot(Handle handle, String subscription, int number) {
        return handle.createQuery(
                        "SELECT document FROM statement_snapshots WHERE number = :number AND owner = " + OWNER)
                .bind("subscription", subscription)
                .bind("number", number)
                .mapTo(String.class)
                .findOne()
                .map(StatementJson::read);
    }

    /** The lines that were measured at the ends of periods, from one on. */
    static Map<Integer, List<PricedLine>> snapshots(Handle handle, String subscription, int first) {
        Map<Integer, List<PricedLine>> lines = new HashMap<>();
        handle.createQuery(
                        "SELECT number, document FROM statement_snapshots WHERE number >= :first AND owner = " + OWNER)
                .bind("subscription", subscription)
                .bind("first", first)
                .map((row, _) -> Map.entry(
                        row.getInt("number"),
                        StatementJson.read(row.getString("document")).lines()))
                .forEach(entry -> lines.put(entry.getKey(), entry.getValue()));
        return lines;
    }

    /** Keeps the first that is measured of a period. */
    static void insertSnapshot(Handle handle, Statement measured) {
        handle.createUpdate(
                        "INSERT INTO statement_snapshots (owner, number, document) SELECT number, :number, :document"
                                + " FROM subscriptions WHERE id = :subscription ON CONFLICT DO NOTHING")
                .bind("subscription", measured.subscriptionId())
                .bind("number", measured.number())
                .bind("document", StatementJson.write(Figures.of(measured)))
                .execute();
    }

    /** A subscription for which something is to be done. */
    record Due(Environment environment, String subscription) {}

    /** The longest overdue first. */
    static List<Due> due(Handle handle, long nowMicros, int most) {
        return handle.createQuery(
                        "SELECT environment, id FROM subscriptions WHERE due_at <= :now ORDER BY due_at LIMIT :most")
                .bind("now", nowMicros)
                .bind("most", most)
                .map((row, _) -> new Due(Environment.of(row.getString("environment")), row.getString("id")))
                .list();
    }

    /** Says when to look at a subscription next, unless it was changed meanwhile, which is to be looked at first. */
    static void setDue(Handle handle, Subscription subscription, @Nullable Long dueMicros) {
        handle.createUpdate("UPDATE subscriptions SET due_at = :due WHERE id = :id AND revision = :revision")
                .bind("due", dueMicros)
                .bind("id", subscription.id())
                .bind("revision", subscription.revision())
                .execute();
    }

    /** Looks at a subscription again later, since it could not be done now. */
    static void postpone(Handle handle, String subscription, long untilMicros) {
        handle.createUpdate("UPDATE subscriptions SET due_at = :until WHERE id = :id")
                .bind("until", untilMicros)
                .bind("id", subscription)
                .execute();
    }
}
