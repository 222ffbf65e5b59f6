package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import io.meterline.event.Event;
import io.meterline.event.KeyHash;
import io.meterline.store.UsageQuery;
import io.meterline.store.key.KeyEntry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Events that a question supposes, laid over their type for one read.
 *
 * <p>They go the way of any event: winners become rows of a table, and the rows that they beat are named in a table of the
 * dead. Both tables are temporary: no other connection sees them, and they end with the transaction of the read. So
 * whatever reads the type reads these events too.
 */
final class WhatIf {

    private static final String ROWS = "temp.what_if_rows";
    private static final String DEAD = "temp.what_if_dead";
    private static final int UNKNOWN_TYPE = -1;

    private final Moment moment;
    private final TypeLayout stored;
    private final Map<KeyHash, Event> winners = new LinkedHashMap<>();
    private final List<Long> beaten = new ArrayList<>();

    private WhatIf(Moment moment, TypeLayout stored) {
        this.moment = moment;
        this.stored = stored;
    }

    /** The type that a query is about, with the events that the query supposes; null when there is none. */
    static @Nullable TypeLayout type(Moment moment, Environment environment, UsageQuery query) throws SQLException {
        CatalogSnapshot.TypeName name = new CatalogSnapshot.TypeName(environment, query.eventType());
        TypeLayout stored = moment.tables().type(name);
        List<Event> events = query.whatIf().stream()
                .filter(event -> event.eventType().equals(query.eventType()))
                .toList();
        if (events.isEmpty()) {
            return stored;
        }
        moment.pin();
        WhatIf whatIf = new WhatIf(moment, stored == null ? new TypeTables(UNKNOWN_TYPE, name).layout() : stored);
        whatIf.decide(events);
        return whatIf.write();
    }

    private void decide(List<Event> events) throws SQLException {
        Map<KeyHash, KeyEntry> current = current(events.stream().map(Event::key).collect(Collectors.toSet()));
        for (Event event : events) {
            KeyEntry entry = current.get(event.key());
            if (entry == null) {
                entry = new KeyEntry();
                current.put(event.key(), entry);
            } else if (!Versions.against(entry, event, 0).wins()) {
                continue;
            } else if (!winners.containsKey(event.key())) {
                beaten.add(entry.sequence);
            }
            entry.version = event.version();
            winners.remove(event.key());
            winners.put(event.key(), event);
        }
    }

    /** The stored versions of keys, as far as there are any. */
    private Map<KeyHash, KeyEntry> current(Set<KeyHash> keys) throws SQLException {
        List<Long> halves = keys.stream().map(KeyHash::high).toList();
        String sql = "SELECT hash_high, hash_low, ts, seq FROM " + stored.current() + " WHERE "
                + Numbers.isOneOf("hash_high", halves);
        Map<KeyHash, KeyEntry> current = new HashMap<>();
        try (PreparedStatement statement = moment.prepare(sql, List.of());
                ResultSet row = moment.execute(statement)) {
            while (row.next()) {
                KeyHash key = new KeyHash(row.getLong(1), row.getLong(2));
                if (keys.contains(key)) {
                    KeyEntry entry = new KeyEntry();
                    entry.version = row.getLong(3);
                    entry.sequence = row.getLong(4);
                    current.put(key, entry);
                }
            }
        }
        return current;
    }

    private TypeLayout write() throws SQLException {
        if (winners.isEmpty()) {
            return stored;
        }
        TypeLayout grown = stored.grown(winners.values());
        writeRows(grown);
        TypeLayout layout =
                grown.with(new TypeLayout.RowTable(ROWS, grown.columns().size(), true));
        if (beaten.isEmpty()) {
            return layout;
        }
        writeDead();
        return layout.withDead(DEAD);
    }

    /** They get the greatest sequences that there are: they come after all that is stored. */
    private void writeRows(TypeLayout layout) throws SQLException {
        RecentTable table = RecentTable.temporary(ROWS);
        table.require(layout);
        long sequence = Long.MAX_VALUE - winners.size();
        try (RowAppender rows = table.append(moment.connection())) {
            rows.ofType(layout);
            for (Event event : winners.values()) {
                sequence++;
                rows.append(event, sequence, 0);
            }
        }
    }

    private void writeDead() throws SQLException {
        Database.execute(
                moment.connection(),
                "CREATE TEMPORARY TABLE " + DEAD + " (type INTEGER NOT NULL, seq BIGINT NOT NULL)");
        try (DuckDBAppender dead = Database.appender(moment.connection(), DEAD)) {
            for (long sequence : beaten) {
                dead.beginRow().append(stored.number()).append(sequence).endRow();
            }
        }
    }
}
