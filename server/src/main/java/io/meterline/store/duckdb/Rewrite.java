package io.meterline.store.duckdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the database file anew, without what was deleted: DuckDB leaves the bytes of deleted rows where they are until it
 * needs the room. It is due from the first erasure on and done before the next opening.
 */
final class Rewrite {

    private static final Logger LOG = LoggerFactory.getLogger(Rewrite.class);
    private static final String MARK = "rewrite.due";
    private static final String FRESH = "rewritten.duckdb";

    private Rewrite() {}

    /** From now on the file holds bytes that must go. */
    static void isDue(Path folder) throws IOException {
        Path mark = folder.resolve(MARK);
        if (!Files.exists(mark)) {
            Files.createFile(mark);
            force(folder);
        }
    }

    /** Does it when it is due. A failure leaves the old file in its place, and the rewriting to the next start. */
    static void ifDue(Path folder, DuckDbOptions options) {
        Path old = folder.resolve(Database.EVENTS + ".duckdb");
        Path fresh = folder.resolve(FRESH);
        if (!Files.exists(folder.resolve(MARK)) || !Files.exists(old)) {
            return;
        }
        long started = System.nanoTime();
        try {
            remove(folder);
            copy(folder, old, fresh, options);
            force(fresh);
            Files.move(fresh, old, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(folder);
            Files.delete(folder.resolve(MARK));
            LOG.info(
                    "The event database was written anew after an erasure, in {} ms",
                    (System.nanoTime() - started) / 1_000_000);
        } catch (SQLException | IOException e) {
            LOG.error("The event database could not be written anew after an erasure; the next start tries again", e);
            removeIfPossible(folder);
        }
    }

    // What an earlier attempt left. A half file is never taken for the database.
    private static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FRESH));
        Files.deleteIfExists(folder.resolve(FRESH + ".wal"));
    }

    private static void removeIfPossible(Path folder) {
        try {
            remove(folder);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed", folder.resolve(FRESH), e);
        }
    }

    private static void copy(Path folder, Path old, Path fresh, DuckDbOptions options) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '" + options.memoryMiB() + "MiB'");
            statement.execute("SET threads = " + options.threads());
            statement.execute("SET temp_directory = " + Database.literal(folder.resolve("tmp")));
            statement.execute("ATTACH " + Database.literal(old) + " AS old (READ_ONLY)");
            statement.execute("ATTACH " + Database.literal(fresh) + " AS fresh");
            statement.execute("COPY FROM DATABASE old TO fresh");
            statement.execute("CHECKPOINT fresh");
            statement.execute("DETACH fresh");
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
