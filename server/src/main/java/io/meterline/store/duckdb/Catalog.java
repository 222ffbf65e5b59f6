package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The event types and their tables, kept in the database in the same transaction as the tables themselves.
 *
 * <p>Used by the applying thread, but for {@link #published}.
 */
final class Catalog {

    private final List<TypeTables> types = new ArrayList<>();
    private final Map<CatalogSnapshot.TypeName, TypeTables> byName = new HashMap<>();
    private long version;
    private volatile CatalogSnapshot published;

    private Catalog(long version) {
        this.version = version;
        this.published = new CatalogSnapshot(version, Map.of());
    }

    static Catalog load(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet position = statement.executeQuery("SELECT catalog_version FROM position");
            position.next();
            Catalog catalog = new Catalog(position.getLong(1));
            ResultSet types = statement.executeQuery("SELECT environment, name FROM event_types ORDER BY number");
            while (types.next()) {
                catalog.tables(new CatalogSnapshot.TypeName(Environment.of(types.getString(1)), types.getString(2)));
            }
            ResultSet properties = statement.executeQuery("SELECT type, name FROM properties ORDER BY type, number");
            while (properties.next()) {
                catalog.tables(properties.getInt(1)).addProperty(properties.getString(2));
            }
            ResultSet columns = statement.executeQuery("SELECT type, property, kind FROM columns ORDER BY type, place");
            while (columns.next()) {
                catalog.tables(columns.getInt(1))
                        .addColumn(new Column(columns.getInt(2), ColumnKind.ofLetter(columns.getString(3))));
            }
            catalog.types.forEach(TypeTables::markWritten);
            catalog.publish(catalog.version);
            return catalog;
        }
    }

    /** The tables as of the last commit. */
    CatalogSnapshot published() {
        return published;
    }

    /** The tables of a type, which get their number here and their place in the database with {@link #write}. */
    TypeTables tables(CatalogSnapshot.TypeName name) {
        TypeTables tables = byName.get(name);
        if (tables == null) {
            tables = new TypeTables(types.size(), name);
            types.add(tables);
            byName.put(name, tables);
        }
        return tables;
    }

    TypeTables tables(int number) {
        return types.get(number);
    }

    /** Brings the database up to what the tables are here. */
    void write(Connection connection, TypeTables tables) throws SQLException {
        TypeLayout layout = tables.layout();
        List<String> rowTables = List.of(layout.main(), layout.recent('a'), layout.recent('b'));
        if (!tables.isCreated()) {
            for (String table : rowTables) {
                Database.execute(connection, "CREATE TABLE " + table + " (" + TypeLayout.FIXED_COLUMNS + ")");
            }
            Database.execute(connection, "CREATE TABLE " + layout.dead() + " (seq BIGINT, beaten_by BIGINT)");
            insert(
                    connection,
                    "INSERT INTO event_types VALUES (?, ?, ?)",
                    tables.number(),
                    layout.environment().text(),
                    layout.name());
        }
        for (String property : tables.unwrittenProperties()) {
            int number = layout.numberOf(property);
            insert(connection, "INSERT INTO properties VALUES (?, ?, ?)", tables.number(), number, property);
        }
        for (Column column : tables.unwrittenColumns()) {
            for (String table : rowTables) {
                Database.execute(
                        connection,
                        "ALTER TABLE " + table + " ADD COLUMN " + column.name() + " "
                                + column.kind().sqlType());
            }
            insert(
                    connection,
                    "INSERT INTO columns VALUES (?, ?, ?, ?)",
                    tables.number(),
                    layout.columns().indexOf(column),
                    column.property(),
                    String.valueOf(column.kind().letter()));
        }
        tables.markWritten();
    }

    long nextVersion() {
        return version + 1;
    }

    long version() {
        return version;
    }

    /** Shows readers the tables as they are; call it after the commit. */
    void publish(long committedVersion) {
        Map<CatalogSnapshot.TypeName, TypeLayout> layouts = new HashMap<>();
        for (TypeTables tables : types) {
            if (tables.isCreated()) {
                layouts.put(tables.name(), tables.layout());
            }
        }
        version = committedVersion;
        published = new CatalogSnapshot(committedVersion, layouts);
    }

    private static void insert(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
