-- Connections to source databases, the loaders that query them, and the runs of each loader. Times are µs since 1970.

CREATE TABLE connections (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    name TEXT NOT NULL,
    provider TEXT NOT NULL,
    host TEXT NOT NULL,
    port BIGINT NOT NULL,
    database_name TEXT NOT NULL,
    user_name TEXT NOT NULL,
    tls TEXT NOT NULL,
    encrypted_password TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX connections_by_environment ON connections (environment, number);

CREATE TABLE loaders (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    connection_id TEXT NOT NULL REFERENCES connections (id),
    name TEXT NOT NULL,
    event_type TEXT NOT NULL,
    query TEXT NOT NULL,
    identity TEXT NOT NULL,
    excess_properties TEXT NOT NULL,
    excess_digits TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX loaders_by_environment ON loaders (environment, number);
CREATE INDEX loaders_by_connection ON loaders (connection_id);

CREATE TABLE loader_runs (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    loader_id TEXT NOT NULL REFERENCES loaders (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    queued_at BIGINT NOT NULL,
    load_number BIGINT,
    started_at BIGINT,
    finished_at BIGINT,
    rows_read BIGINT NOT NULL DEFAULT 0,
    rows_set_aside BIGINT NOT NULL DEFAULT 0,
    rows_created BIGINT NOT NULL DEFAULT 0,
    rows_corrected BIGINT NOT NULL DEFAULT 0,
    rows_unchanged BIGINT NOT NULL DEFAULT 0,
    rows_ignored BIGINT NOT NULL DEFAULT 0,
    rows_repeated BIGINT NOT NULL DEFAULT 0,
    numbers_rounded BIGINT NOT NULL DEFAULT 0,
    customers_created BIGINT NOT NULL DEFAULT 0,
    error_code TEXT,
    error_message TEXT
);

CREATE INDEX loader_runs_by_loader ON loader_runs (loader_id, number);

-- A loader never runs twice at once, whoever asks.
CREATE UNIQUE INDEX loader_runs_active ON loader_runs (loader_id) WHERE status IN ('queued', 'running');

-- The last load number given out. A run takes the next when it starts, so that of two runs the later one wins.
CREATE TABLE load_numbers (
    only_row BIGINT PRIMARY KEY,
    last_number BIGINT NOT NULL
);

INSERT INTO load_numbers (only_row, last_number) VALUES (1, 0);
