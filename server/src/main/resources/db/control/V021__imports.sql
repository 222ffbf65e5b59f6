-- Files of events: what was uploaded, how far it is, and why records of it were refused. Times are µs since 1970.

CREATE TABLE imports (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    file_name TEXT NOT NULL,
    type TEXT NOT NULL,
    take_good BIGINT NOT NULL,
    replace_later BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    -- Every record was judged and none refused; never set where the good ones are taken.
    validated BIGINT NOT NULL DEFAULT 0,
    -- The first so many records are stored: what a start after a kill goes on from.
    position BIGINT NOT NULL DEFAULT 0,
    events_read BIGINT NOT NULL DEFAULT 0,
    events_created BIGINT NOT NULL DEFAULT 0,
    events_corrected BIGINT NOT NULL DEFAULT 0,
    events_ignored BIGINT NOT NULL DEFAULT 0,
    events_failed BIGINT NOT NULL DEFAULT 0,
    customers_created BIGINT NOT NULL DEFAULT 0,
    error_code TEXT,
    error_message TEXT
);

CREATE INDEX imports_by_environment ON imports (environment, number);
CREATE INDEX imports_active ON imports (number) WHERE finished_at IS NULL;

-- The first errors of an import, in the order of the file.
CREATE TABLE import_errors (
    import_number BIGINT NOT NULL REFERENCES imports (number) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    line BIGINT NOT NULL,
    code TEXT NOT NULL,
    path TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (import_number, place)
);
