package io.meterline.console.product;

import io.meterline.console.Api;
import io.meterline.console.Choice;
import io.meterline.console.price.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What measures products, read once for a page. */
public final class Aggregators {

    private static final int PAGE = 100;

    private final Map<String, Aggregator> byId = new LinkedHashMap<>();

    /** An aggregator, as the API answers it. */
    public record Aggregator(
            String id,
            String name,
            String eventType,
            String operation,
            @Nullable String unitName,
            @Nullable JsonNode filter,
            String status) {}

    private record Listing(List<Aggregator> data) {}

    public Aggregators(Api api) {
        api.get("/v1/aggregators?status__in=active,archived&take=" + PAGE, Listing.class)
                .data()
                .forEach(one -> byId.put(one.id(), one));
    }

    @Nullable
    Aggregator find(@Nullable String id) {
        return id == null ? null : byId.get(id);
    }

    /** What the figures of one are called. */
    public Unit unit(@Nullable String id) {
        Aggregator found = find(id);
        String name = found == null ? null : found.unitName();
        return name == null ? Unit.UNKNOWN : new Unit(name);
    }

    List<Choice> choices(@Nullable String chosen) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", "Choose…"));
        byId.values().stream()
                .filter(one -> one.status().equals("active") || one.id().equals(chosen))
                .map(one -> new Choice(one.id(), one.name() + " · " + one.operation() + " of " + one.eventType()))
                .forEach(choices::add);
        return choices;
    }
}
