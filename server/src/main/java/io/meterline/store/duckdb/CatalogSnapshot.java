package io.meterline.store.duckdb;

import io.meterline.event.Environment;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event types and where their rows are, at one moment. */
record CatalogSnapshot(Map<TypeName, TypeLayout> types) {

    CatalogSnapshot {
        types = Map.copyOf(types);
    }

    @Nullable
    TypeLayout type(Environment environment, String name) {
        return type(new TypeName(environment, name));
    }

    @Nullable
    TypeLayout type(TypeName name) {
        return types.get(name);
    }

    List<TypeLayout> types(Environment environment) {
        return types.values().stream()
                .filter(type -> type.environment() == environment)
                .sorted(Comparator.comparing(TypeLayout::name))
                .toList();
    }

    /** The same with some types as they are now. */
    CatalogSnapshot with(Collection<TypeLayout> changed) {
        Map<TypeName, TypeLayout> all = new HashMap<>(types);
        changed.forEach(layout -> all.put(new TypeName(layout.environment(), layout.name()), layout));
        return new CatalogSnapshot(all);
    }

    /** An event type within its environment. */
    record TypeName(Environment environment, String name) {}
}
