package io.meterline.api;

import io.meterline.access.RateLimiter;
import io.meterline.customer.CustomerDirectory;
import io.meterline.http.Routes;
import io.meterline.ingest.Ingest;
import io.meterline.ingest.RejectedEvents;
import io.meterline.ingest.Replay;
import io.meterline.store.EventStore;

/** Everything about events: in, out, gone and refused. */
public final class EventApi implements Routes.Source {

    private final Ingest ingest;
    private final EventStore events;
    private final CustomerDirectory customers;
    private final RejectedEvents rejected;
    private final RateLimiter limiter;

    public EventApi(
            Ingest ingest,
            EventStore events,
            CustomerDirectory customers,
            RejectedEvents rejected,
            RateLimiter limiter) {
        this.ingest = ingest;
        this.events = events;
        this.customers = customers;
        this.rejected = rejected;
        this.limiter = limiter;
    }

    @Override
    public void register(Routes routes) {
        routes.describedIn("events");
        routes.add(new EventRoutes(ingest, limiter))
                .add(new EventReadRoutes(events, customers))
                .add(new EventTypeRoutes(events))
                .add(new EventDeleteRoutes(events))
                .add(new RejectedEventRoutes(rejected, new Replay(ingest, rejected)));
    }
}
