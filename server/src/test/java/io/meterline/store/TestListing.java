package io.meterline.store;

import io.meterline.event.Period;
import io.meterline.event.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listings for tests, in a line: {@code listing().type("api_calls").customers(7).take(20).build()}.
 *
 * <p>Without further words a listing is of all events, the oldest first, at most 1,000.
 */
public final class TestListing {

    private @Nullable String eventType;
    private @Nullable Set<Long> customers;
    private @Nullable Set<String> recordIds;
    private @Nullable Source source;
    private Period timestamps = Period.ALWAYS;
    private Period ingested = Period.ALWAYS;
    private Filter filter = Filter.NONE;
    private @Nullable Measure counted;
    private EventQuery.Sort sort = EventQuery.Sort.TIMESTAMP;
    private boolean descending;
    private int take = 1_000;
    private int skip;
    private EventQuery.@Nullable Position after;

    private TestListing() {}

    public static TestListing listing() {
        return new TestListing();
    }

    public TestListing type(String name) {
        eventType = name;
        return this;
    }

    public TestListing customers(Long... numbers) {
        customers = new LinkedHashSet<>(List.of(numbers));
        return this;
    }

    public TestListing ids(String... ids) {
        recordIds = new LinkedHashSet<>(List.of(ids));
        return this;
    }

    public TestListing source(Source way) {
        source = way;
        return this;
    }

    public TestListing timestamps(Period period) {
        timestamps = period;
        return this;
    }

    public TestListing ingested(Period period) {
        ingested = period;
        return this;
    }

    public TestListing where(Filter condition) {
        filter = condition;
        return this;
    }

    public TestListing countedBy(Measure measure) {
        counted = measure;
        return this;
    }

    public TestListing byIngestion() {
        sort = EventQuery.Sort.INGESTED_AT;
        return this;
    }

    public TestListing descending() {
        descending = true;
        return this;
    }

    public TestListing take(int most) {
        take = most;
        return this;
    }

    public TestListing skip(int leftOut) {
        skip = leftOut;
        return this;
    }

    public TestListing after(EventQuery.@Nullable Position position) {
        after = position;
        return this;
    }

    public EventQuery build() {
        return new EventQuery(
                eventType,
                customers,
                recordIds,
                source,
                timestamps,
                ingested,
                filter,
                counted,
                sort,
                descending,
                take,
                skip,
                after);
    }
}
