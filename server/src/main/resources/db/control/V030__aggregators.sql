-- Aggregators and every version of their definitions. A version is never changed: closed statements name theirs.

CREATE TABLE aggregators (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    event_type TEXT NOT NULL,
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX aggregators_by_environment ON aggregators (environment, number);

CREATE TABLE aggregator_versions (
    aggregator BIGINT NOT NULL REFERENCES aggregators (number),
    version BIGINT NOT NULL,
    definition TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (aggregator, version)
);
