package io.meterline.meter;

import io.meterline.control.Page;
import io.meterline.control.PageRequest;
import io.meterline.control.Status;
import io.meterline.event.Environment;
import io.meterline.event.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The tables of aggregators. */
final class AggregatorRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String SELECT = """
            SELECT a.number, a.id, a.status, a.created_at, v.version, v.definition, v.created_at AS updated_at
            FROM aggregators a
            JOIN aggregator_versions v ON v.aggregator = a.number
            """;

    private AggregatorRows() {}

    static void insert(Handle handle, Environment environment, String id, Definition definition, long now) {
        handle.createUpdate("""
                        INSERT INTO aggregators (id, environment, event_type, version, status, created_at, updated_at)
                        VALUES (:id, :environment, :eventType, 0, :status, :now, :now)
                        """)
                .bind("id", id)
                .bind("environment", environment.text())
                .bind("eventType", definition.eventType())
                .bind("status", Status.ACTIVE.text())
                .bind("now", now)
                .execute();
        addVersion(handle, id, 1, definition, now);
    }

    static void addVersion(Handle handle, String id, int version, Definition definition, long now) {
        handle.createUpdate("""
                        INSERT INTO aggregator_versions (aggregator, version, definition, created_at)
                        SELECT number, :version, :definition, :now FROM aggregators WHERE id = :id
                        """)
                .bind("version", version)
                .bind("definition", DefinitionJson.write(definition).toString())
                .bind("now", now)
                .bind("id", id)
                .execute();
        handle.createUpdate("""
                        UPDATE aggregators SET version = :version, event_type = :eventType, updated_at = :now
                        WHERE id = :id
                        """)
                .bind("version", version)
                .bind("eventType", definition.eventType())
                .bind("now", now)
                .bind("id", id)
                .execute();
    }

    static void setStatus(Handle handle, String id, Status status) {
        handle.createUpdate("UPDATE aggregators SET status = :status WHERE id = :id")
                .bind("status", status.text())
                .bind("id", id)
                .execute();
    }

    static Optional<Aggregator> current(Handle handle, Environment environment, String id) {
        return handle.createQuery(
                        SELECT + "WHERE a.id = :id AND a.environment = :environment AND v.version = a.version")
                .bind("id", id)
                .bind("environment", environment.text())
                .map(AggregatorRows::aggregator)
                .findOne();
    }

    static Optional<Aggregator> version(Handle handle, Environment environment, String id, int version) {
        return handle.createQuery(SELECT + "WHERE a.id = :id AND a.environment = :environment AND v.version = :version")
                .bind("id", id)
                .bind("environment", environment.text())
                .bind("version", version)
                .map(AggregatorRows::aggregator)
                .findOne();
    }

    static List<Aggregator> versions(Handle handle, Environment environment, String id, PageRequest page) {
        return handle.createQuery(SELECT + """
                                WHERE a.id = :id AND a.environment = :environment AND v.version < :position
                                ORDER BY v.version DESC LIMIT :limit OFFSET :skip
                                """)
                .bind("id", id)
                .bind("environment", environment.text())
                .bind("position", start(page))
                .bind("limit", page.take() + 1)
                .bind("skip", page.skip())
                .map(AggregatorRows::aggregator)
                .list();
    }

    static Page<Aggregator> list(Handle handle, Environment environment, AggregatorFilter filter, PageRequest page) {
        String matching = """
                WHERE a.environment = :environment AND v.version = a.version
                  AND a.status IN (<statuses>)
                  AND (CAST(:eventType AS TEXT) IS NULL OR a.event_type = :eventType)
                """;
        List<String> statuses = filter.statuses().stream().map(Status::text).toList();
        List<Numbered> rows = handle.createQuery(
                        SELECT + matching + "AND a.number < :position ORDER BY a.number DESC LIMIT :limit OFFSET :skip")
                .bind("environment", environment.text())
                .bindList("statuses", statuses)
                .bind("eventType", filter.eventType())
                .bind("position", start(page))
                .bind("limit", page.take() + 1)
                .bind("skip", page.skip())
                .map((row, context) -> new Numbered(row.getLong("number"), aggregator(row, context)))
                .list();
        long total = handle.createQuery(
                        "SELECT count(*) FROM aggregators a JOIN aggregator_versions v ON v.aggregator = a.number "
                                + matching)
                .bind("environment", environment.text())
                .bindList("statuses", statuses)
                .bind("eventType", filter.eventType())
                .mapTo(Long.class)
                .one();
        Page<Numbered> numbered = Page.of(rows, page, total, Numbered::number);
        return new Page<>(numbered.data().stream().map(Numbered::aggregator).toList(), total, numbered.nextCursor());
    }

    private static long start(PageRequest page) {
        Long position = page.position();
        return position == null ? Long.MAX_VALUE : position;
    }

    private static Aggregator aggregator(ResultSet row, StatementContext ignored) throws SQLException {
        return new Aggregator(
                row.getString("id"),
                row.getInt("version"),
                DefinitionJson.read(JSON.readTree(row.getString("definition"))),
                Status.of(row.getString("status")).orElseThrow(),
                Timestamps.instant(row.getLong("created_at")),
                Timestamps.instant(row.getLong("updated_at")));
    }

    /** An aggregator and its place in the order of creation. */
    private record Numbered(long number, Aggregator aggregator) {}
}
