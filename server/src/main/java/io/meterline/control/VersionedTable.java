package io.meterline.control;

import io.meterline.event.Environment;
import io.meterline.event.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Two tables: the things of a kind, and every version of each. A version is added and never changed.
 *
 * <p>The first has the columns number, id, environment, version, status and created_at; the second, named {@code
 * <name>_versions}, has owner, version, definition and created_at.
 */
public final class VersionedTable<D> {

    private final String things;
    private final String versions;
    private final Function<D, String> write;
    private final Function<String, D> read;

    /**
     * The tables for a kind of thing.
     *
     * @param name such as {@code product}; the tables are {@code products} and {@code product_versions}
     */
    public VersionedTable(String name, Function<D, String> write, Function<String, D> read) {
        this.things = name + "s";
        this.versions = name + "_versions";
        this.write = write;
        this.read = read;
    }

    /** Adds a thing in its version 1. */
    public void insert(Handle handle, Environment environment, String id, D definition, long nowMicros) {
        handle.createUpdate("INSERT INTO " + things + """
                         (id, environment, version, status, created_at)
                        VALUES (:id, :environment, 0, :status, :now)
                        """)
                .bind("id", id)
                .bind("environment", environment.text())
                .bind("status", Status.ACTIVE.text())
                .bind("now", nowMicros)
                .execute();
        addVersion(handle, id, 1, definition, nowMicros);
    }

    /** Adds a version, which is the current one from then on. */
    public void addVersion(Handle handle, String id, int version, D definition, long nowMicros) {
        handle.createUpdate("INSERT INTO " + versions
                        + " (owner, version, definition, created_at) SELECT number, :version, :definition, :now FROM "
                        + things + " WHERE id = :id")
                .bind("version", version)
                .bind("definition", write.apply(definition))
                .bind("now", nowMicros)
                .bind("id", id)
                .execute();
        handle.createUpdate("UPDATE " + things + " SET version = :version WHERE id = :id")
                .bind("version", version)
                .bind("id", id)
                .execute();
    }

    public void setStatus(Handle handle, String id, Status status) {
        handle.createUpdate("UPDATE " + things + " SET status = :status WHERE id = :id")
                .bind("status", status.text())
                .bind("id", id)
                .execute();
    }

    /** The current version. */
    public Optional<Versioned<D>> current(Handle handle, Environment environment, String id) {
        return select(handle, "WHERE t.environment = :environment AND t.id = :id AND v.version = t.version")
                .bind("environment", environment.text())
                .bind("id", id)
                .map(this::versioned)
                .findOne();
    }

    /** One version. */
    public Optional<Versioned<D>> version(Handle handle, Environment environment, String id, int version) {
        return select(handle, "WHERE t.environment = :environment AND t.id = :id AND v.version = :version")
                .bind("environment", environment.text())
                .bind("id", id)
                .bind("version", version)
                .map(this::versioned)
                .findOne();
    }

    /** The versions of a thing that there is, the newest first. */
    public Page<Versioned<D>> versions(Handle handle, Versioned<D> current, PageRequest page) {
        List<Versioned<D>> rows = select(
                        handle,
                        "WHERE t.id = :id AND v.version < :position ORDER BY v.version DESC LIMIT :limit OFFSET :skip")
                .bind("id", current.id())
                .bind("position", start(page))
                .bind("limit", page.take() + 1)
                .bind("skip", page.skip())
                .map(this::versioned)
                .list();
        return Page.of(rows, page, current.version(), Versioned::version);
    }

    /** Current versions, the newest thing first. */
    public Page<Versioned<D>> list(
            Handle handle, Environment environment, Collection<Status> statuses, PageRequest page) {
        String matching = "WHERE t.environment = :environment AND t.status IN (<statuses>) AND v.version = t.version ";
        List<String> texts = statuses.stream().map(Status::text).toList();
        List<Numbered<D>> rows = select(
                        handle, matching + "AND t.number < :position ORDER BY t.number DESC LIMIT :limit OFFSET :skip")
                .bind("environment", environment.text())
                .bindList("statuses", texts)
                .bind("position", start(page))
                .bind("limit", page.take() + 1)
                .bind("skip", page.skip())
                .map((row, context) -> new Numbered<>(row.getLong("number"), versioned(row, context)))
                .list();
        long total = handle.createQuery("SELECT count(*) FROM " + things
                        + " t WHERE t.environment = :environment AND t.status IN (<statuses>)")
                .bind("environment", environment.text())
                .bindList("statuses", texts)
                .mapTo(Long.class)
                .one();
        Page<Numbered<D>> numbered = Page.of(rows, page, total, Numbered::number);
        return new Page<>(numbered.data().stream().map(Numbered::thing).toList(), total, numbered.nextCursor());
    }

    private Query select(Handle handle, String where) {
        return handle.createQuery("""
                SELECT t.number, t.id, t.status, t.created_at, v.version, v.definition, v.created_at AS updated_at
                """ + "FROM " + things + " t JOIN " + versions + " v ON v.owner = t.number " + where);
    }

    private static long start(PageRequest page) {
        Long position = page.position();
        return position == null ? Long.MAX_VALUE : position;
    }

    private Versioned<D> versioned(ResultSet row, StatementContext ignored) throws SQLException {
        return new Versioned<>(
                row.getString("id"),
                row.getInt("version"),
                read.apply(row.getString("definition")),
                Status.of(row.getString("status")).orElseThrow(),
                Timestamps.instant(row.getLong("created_at")),
                Timestamps.instant(row.getLong("updated_at")));
    }

    /** A thing and its place in the order of creation. */
    private record Numbered<D>(long number, Versioned<D> thing) {}
}
