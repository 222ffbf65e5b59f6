package io.meterline.store.duckdb;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBConnection;

/** A table in memory that rows of one type or of several are appended to. Used by one thread, the applying one as a rule. */
final class RecentTable {

    private static final int NOT_MADE = -1;

    private final String name;
    private final boolean temporary;
    private final Set<Slot> slots = new LinkedHashSet<>();
    private int written = NOT_MADE;

    RecentTable(String name) {
        this(name, false);
    }

    private RecentTable(String name, boolean temporary) {
        this.name = name;
        this.temporary = temporary;
    }

    /** A table of one connection alone. */
    static RecentTable temporary(String name) {
        return new RecentTable(name, true);
    }

    String name() {
        return name;
    }

    /** How many slots it would have with those of a type. */
    int slotsWith(TypeLayout layout) {
        Set<Slot> all = new LinkedHashSet<>(slots);
        all.addAll(layout.slots());
        return all.size();
    }

    void require(TypeLayout layout) {
        slots.addAll(layout.slots());
    }

    /** An appender, after the table was made or got the slots that it lacked. */
    RowAppender append(DuckDBConnection connection) throws SQLException {
        List<Slot> all = new ArrayList<>(slots);
        if (written == NOT_MADE) {
            StringBuilder columns = new StringBuilder();
            all.forEach(slot -> columns.append(", ").append(slot.definition()));
            Database.execute(
                    connection,
                    "CREATE " + (temporary ? "TEMPORARY TABLE " : "TABLE ") + name + " (type INTEGER NOT NULL, "
                            + TypeLayout.FIXED_COLUMNS + columns + ")");
        } else {
            for (Slot slot : all.subList(written, all.size())) {
                Database.execute(connection, "ALTER TABLE " + name + " ADD COLUMN " + slot.definition());
            }
        }
        written = all.size();
        return new RowAppender(connection, name, all);
    }
}
