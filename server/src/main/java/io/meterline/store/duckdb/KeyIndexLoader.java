package io.meterline.store.duckdb;

import io.meterline.event.KeyHash;
import io.meterline.store.key.KeyEntry;
import io.meterline.store.key.KeyIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the key index as the file remembers it, as of the last fold. */
final class KeyIndexLoader {

    private static final Logger LOG = LoggerFactory.getLogger(KeyIndexLoader.class);
    private static final int KEYS_A_FILE = 1_000_000;

    private final DuckDBConnection connection;
    private final Path folder;

    KeyIndexLoader(DuckDBConnection connection, Path folder) {
        this.connection = connection;
        this.folder = folder;
    }

    KeyIndex load(CatalogSnapshot tables) throws SQLException, IOException {
        KeyIndex index;
        try {
            index = KeyIndex.open(folder, fileNames());
        } catch (IOException e) {
            LOG.warn("The key index is damaged ({}); it is rebuilt from the stored events", e.getMessage());
            index = KeyIndex.open(folder, List.of());
            for (TypeLayout layout : tables.types().values()) {
                put(layout, index);
            }
        }
        return index;
    }

    private List<String> fileNames() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM key_files ORDER BY place")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private void put(TypeLayout layout, KeyIndex index) throws SQLException, IOException {
        KeyEntry entry = new KeyEntry();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT hash_high, hash_low, coalesce(load, ts), seq, customer FROM " + layout.main())) {
            while (rows.next()) {
                entry.version = rows.getLong(3);
                entry.sequence = rows.getLong(4);
                entry.fingerprint = 0;
                entry.place(rows.getLong(5), layout.number());
                index.put(new KeyHash(rows.getLong(1), rows.getLong(2)), entry);
                if (index.recentKeys() >= KEYS_A_FILE) {
                    index.freeze();
                    index.writeFrozen();
                }
            }
        }
    }
}
