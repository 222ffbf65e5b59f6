-- API keys, what ran under an Idempotency-Key, and what is set per environment.

CREATE TABLE api_keys (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    name TEXT,
    hash TEXT NOT NULL UNIQUE,
    hint TEXT NOT NULL,
    scopes TEXT NOT NULL,
    events_per_second BIGINT,
    from_settings BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT
);

CREATE INDEX api_keys_by_name ON api_keys (environment, name);

-- Environments that have had their first key: without it an installation whose keys were all deleted would get new ones.
CREATE TABLE api_key_bootstraps (
    environment TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE idempotency_keys (
    environment TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    status BIGINT,
    response TEXT,
    PRIMARY KEY (environment, idempotency_key)
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (started_at);

CREATE TABLE environment_settings (
    environment TEXT PRIMARY KEY,
    excess_digits TEXT NOT NULL,
    future_tolerance TEXT NOT NULL,
    create_customers_on_push BOOLEAN NOT NULL
);
