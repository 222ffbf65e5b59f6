-- What was refused: see io.meterline.ingest.RejectedEvents.

CREATE TABLE rejected_events (
    number ${identity},
    environment TEXT NOT NULL,
    source TEXT NOT NULL,
    origin TEXT,
    code TEXT NOT NULL,
    path TEXT NOT NULL,
    message TEXT NOT NULL,
    event_type TEXT,
    customer_id TEXT,
    raw TEXT NOT NULL,
    complete BOOLEAN NOT NULL,
    received_at BIGINT NOT NULL
);

CREATE INDEX rejected_events_by_environment ON rejected_events (environment, number);
CREATE INDEX rejected_events_by_age ON rejected_events (environment, received_at);
CREATE INDEX rejected_events_by_customer ON rejected_events (environment, customer_id);

CREATE TABLE rejected_event_counts (
    environment TEXT PRIMARY KEY,
    kept BIGINT NOT NULL,
    dropped BIGINT NOT NULL
);
