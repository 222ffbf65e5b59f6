package io.meterline.loader.source;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads PostgreSQL's clock and what is known of open transactions.
 *
 * <p>The start of each is told to superusers and members of {@code pg_read_all_stats}. To others only their numbers are:
 * once those that had written at our first look have ended, what is open began to write after it. That takes
 * milliseconds where transactions are short, and is given up after half a second. A standby does not know the transactions
 * of its primary. Why so: docs/internals/decisions.md.
 */
final class PostgresMoment {

    // Statements begin a little before others can see that they began.
    private static final long MARGIN_MICROS = 1_000_000;

    private static final int MAX_LOOKS = 10;
    private static final long MILLIS_BETWEEN_LOOKS = 50;

    // The snapshot's own end is the number after the last that has *ended*, so those of backends count too. They have
    // 32 bits; their distance from that end tells the others. Nobody tells when a prepared transaction began.
    private static final String LOOK = """
            SELECT CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS bigint) AS now,
                txid_snapshot_xmin(seen) AS oldest,
                (SELECT greatest(txid_snapshot_xmax(seen), 1 + max(txid_snapshot_xmax(seen) - 2147483648
                    + (CAST(CAST(backend_xid AS text) AS bigint) - txid_snapshot_xmax(seen) % 4294967296 + 6442450944)
                        % 4294967296)) FROM pg_stat_activity) AS next,
                pg_is_in_recovery() AS standby,
                pg_has_role('pg_read_all_stats', 'USAGE') AND NOT EXISTS (SELECT 1 FROM pg_prepared_xacts) AS starts
            FROM txid_current_snapshot() AS seen
            """;

    // Our own readers are left out: they never write.
    private static final String OLDEST_START = """
            SELECT CAST(extract(epoch FROM least(statement_timestamp(), min(xact_start))) * 1000000 AS bigint)
            FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND backend_type NOT IN ('autovacuum worker', 'walsender')
                AND NOT (application_name = 'meterline' AND usename = current_user)
            """;

    private PostgresMoment() {}

    private record Look(long now, long oldest, long next, boolean standby, boolean startsKnown) {}

    static SourceMoment read(Statement statement) throws SQLException {
        Look look = look(statement);
        if (look.standby()) {
            return SourceMoment.at(look.now());
        }
        Long since = look.startsKnown() ? Long.valueOf(oldestStart(statement)) : quietSince(statement, look);
        return new SourceMoment(look.now(), since == null ? null : since - MARGIN_MICROS, look.oldest());
    }

    /** The time alone. */
    static SourceMoment clock(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT extract(epoch FROM current_timestamp)")) {
            row.next();
            BigDecimal seconds = new BigDecimal(row.getString(1));
            return SourceMoment.at(seconds.movePointRight(6).longValue());
        }
    }

    static OptionalLong nextTransaction(Statement statement) throws SQLException {
        Look look = look(statement);
        return look.standby() ? OptionalLong.empty() : OptionalLong.of(look.next());
    }

    private static Look look(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(LOOK)) {
            row.next();
            return new Look(
                    row.getLong("now"),
                    row.getLong("oldest"),
                    row.getLong("next"),
                    row.getBoolean("standby"),
                    row.getBoolean("starts"));
        }
    }

    private static long oldestStart(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(OLDEST_START)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static @Nullable Long quietSince(Statement statement, Look first) throws SQLException {
        Look look = first;
        for (int i = 0; i < MAX_LOOKS && look.oldest() < first.next(); i++) {
            try {
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
            look = look(statement);
        }
        return look.oldest() < first.next() ? null : first.now();
    }
}
