package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables as of one version of the catalogue, to write SQL for.
 *
 * @param version rises with every table or column that is added
 */
record CatalogSnapshot(long version, Map<TypeName, TypeLayout> types) {

    CatalogSnapshot {
        types = Map.copyOf(types);
    }

    @Nullable
    TypeLayout type(Environment environment, String name) {
        return types.get(new TypeName(environment, name));
    }

    List<TypeLayout> types(Environment environment) {
        return types.values().stream()
                .filter(type -> type.environment() == environment)
                .sorted(java.util.Comparator.comparing(TypeLayout::name))
                .toList();
    }

    /** An event type within its environment. */
    record TypeName(Environment environment, String name) {}
}
