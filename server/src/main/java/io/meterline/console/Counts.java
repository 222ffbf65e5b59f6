package io.meterline.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meterline.event.Environment;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How much there is of each, as the rail shows it: counted every few seconds at most, whoever looks. */
final class Counts {

    private static final Duration AGE = Duration.ofSeconds(5);
    private static final long EXACT_BELOW = 100_000;
    private static final Map<Area, String> LISTS = new EnumMap<>(Map.of(
            Area.LOADERS, "/v1/loaders?take=1",
            Area.CUSTOMERS, "/v1/customers?take=1",
            Area.AGGREGATORS, "/v1/aggregators?take=1",
            Area.PRODUCTS, "/v1/products?take=1",
            Area.SUBSCRIPTIONS, "/v1/subscriptions?take=1"));

    private final EventTypes types;
    private final Cache<Environment, Map<Area, String>> known =
            Caffeine.newBuilder().expireAfterWrite(AGE).build();

    Counts(EventTypes types) {
        this.types = types;
    }

    private record Listed(Meta meta) {
        record Meta(long total) {}
    }

    /** By area; of none is not shown. */
    Map<Area, String> of(Visit visit) {
        try {
            return known.get(visit.environment(), _ -> count(visit));
        } catch (ApiFault e) {
            return Map.of(); // The page itself says what is wrong.
        }
    }

    /** Counts anew at the next page: somebody has changed something here. */
    void forget(Environment environment) {
        known.invalidate(environment);
        types.forget(environment);
    }

    private Map<Area, String> count(Visit visit) {
        Map<Area, String> counts = new EnumMap<>(Area.class);
        LISTS.forEach((area, list) ->
                show(counts, area, visit.api().get(list, Listed.class).meta().total()));
        show(counts, Area.EVENTS, types.events(visit));
        return counts;
    }

    private static void show(Map<Area, String> counts, Area area, long count) {
        if (count > 0) {
            counts.put(area, count < EXACT_BELOW ? Formats.number(count) : Formats.compact(count));
        }
    }
}
