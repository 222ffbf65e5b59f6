package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;

/**
 * The main tables and the catalogue of event types in the file: what is known of each type as of the last fold.
 *
 * <p>Used by the folding thread, and at the start.
 */
final class MainTables {

    private final DuckDBConnection connection;
    private final List<Written> written = new ArrayList<>();

    MainTables(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** The folding thread's connection, on which all this is written. */
    DuckDBConnection connection() {
        return connection;
    }

    /** Reads the event types into a catalogue that is empty. */
    void load(Catalog catalog) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet names = statement.executeQuery("SELECT environment, name FROM event_types ORDER BY number");
            while (names.next()) {
                catalog.tables(new CatalogSnapshot.TypeName(Environment.of(names.getString(1)), names.getString(2)));
                written.add(new Written());
            }
            ResultSet properties = statement.executeQuery("SELECT type, name FROM properties ORDER BY type, number");
            while (properties.next()) {
                catalog.tables(properties.getInt(1)).addProperty(properties.getString(2));
                written.get(properties.getInt(1)).properties++;
            }
            ResultSet columns = statement.executeQuery("SELECT type, property, kind FROM columns ORDER BY type, place");
            while (columns.next()) {
                Column column = new Column(columns.getInt(2), ColumnKind.ofLetter(columns.getString(3)));
                catalog.tables(columns.getInt(1)).addColumn(column);
                written.get(columns.getInt(1)).columns++;
            }
        }
        List<TypeLayout> layouts = new ArrayList<>();
        for (int number = 0; number < written.size(); number++) {
            TypeTables tables = catalog.tables(number);
            tables.takeChanged();
            layouts.add(tables.layout().with(table(tables.layout())));
        }
        catalog.change(() -> {}, before -> layouts);
    }

    /** The last sequence that was folded. */
    long foldedSequence() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT folded FROM position")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Brings the file up to what a type is now. */
    void write(TypeLayout layout) throws SQLException {
        if (layout.number() == written.size()) {
            Database.execute(connection, "CREATE TABLE " + layout.main() + " (" + TypeLayout.FIXED_COLUMNS + ")");
            insert(
                    "INSERT INTO event_types VALUES (?, ?, ?)",
                    layout.number(),
                    layout.environment().text(),
                    layout.name());
            written.add(new Written());
        }
        Written had = written.get(layout.number());
        for (int i = had.properties; i < layout.names().size(); i++) {
            insert(
                    "INSERT INTO properties VALUES (?, ?, ?)",
                    layout.number(),
                    i,
                    layout.names().get(i));
        }
        for (int i = had.columns; i < layout.columns().size(); i++) {
            Column column = layout.columns().get(i);
            Database.execute(connection, "ALTER TABLE " + layout.main() + " ADD COLUMN " + column.definition());
            insert(
                    "INSERT INTO columns VALUES (?, ?, ?, ?)",
                    layout.number(),
                    i,
                    column.property(),
                    String.valueOf(column.kind().letter()));
        }
        had.properties = layout.names().size();
        had.columns = layout.columns().size();
    }

    /** Whether {@link #write} has something to do. */
    boolean isWritten(TypeLayout layout) {
        return layout.number() < written.size()
                && written.get(layout.number()).properties == layout.names().size()
                && written.get(layout.number()).columns == layout.columns().size();
    }

    /** The main table as it is now. */
    TypeLayout.RowTable table(TypeLayout layout) {
        return new TypeLayout.RowTable(layout.main(), written.get(layout.number()).columns, false);
    }

    private void insert(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    /** How much of a type is in the file. */
    private static final class Written {
        private int properties;
        private int columns;
    }
}
