package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of an event type look like at one moment.
 *
 * @param number names the tables
 * @param properties numbers of the properties, by name
 * @param names names of the properties, by number
 * @param columns columns behind the fixed ones, in their order in the tables
 */
record TypeLayout(
        int number,
        Environment environment,
        String name,
        Map<String, Integer> properties,
        List<String> names,
        List<Column> columns) {

    /** The columns that every table of rows begins with. */
    static final String FIXED_COLUMNS = """
            seq BIGINT NOT NULL, hash_high BIGINT NOT NULL, hash_low BIGINT NOT NULL, customer BIGINT NOT NULL,
            ts BIGINT NOT NULL, load BIGINT, source TINYINT NOT NULL, ingested BIGINT NOT NULL,
            id VARCHAR NOT NULL, id_number BOOLEAN NOT NULL, nulls VARCHAR""";

    TypeLayout {
        properties = Map.copyOf(properties);
        names = List.copyOf(names);
        columns = List.copyOf(columns);
    }

    /** Rows in order of customer and time. */
    String main() {
        return "main_" + number;
    }

    /** Rows in order of arrival; of the two tables one is being appended to, the other is being folded or empty. */
    String recent(char side) {
        return "recent_" + side + "_" + number;
    }

    /** Sequences of rows that are still somewhere but no longer count. */
    String dead() {
        return "dead_" + number;
    }

    /** Current rows, as a relation to select from. */
    String current() {
        return """
                (SELECT * FROM %s UNION ALL SELECT * FROM %s UNION ALL SELECT * FROM %s) ANTI JOIN %s USING (seq)""".formatted(main(), recent('a'), recent('b'), dead());
    }

    @Nullable
    Integer property(String propertyName) {
        return properties.get(propertyName);
    }

    /** The number of a property that an event of this layout has. */
    int numberOf(String propertyName) {
        return Objects.requireNonNull(properties.get(propertyName), "the layout is older than the event");
    }

    boolean has(int property, ColumnKind kind) {
        return columns.contains(new Column(property, kind));
    }
}
