-- How the statements of a subscription come about, and when something is to be done for it next: a snapshot, or closing.
ALTER TABLE subscriptions ADD COLUMN metering TEXT NOT NULL DEFAULT 'period';
ALTER TABLE subscriptions ADD COLUMN close_after TEXT NOT NULL DEFAULT 'manual';
ALTER TABLE subscriptions ADD COLUMN prorates BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE subscriptions ADD COLUMN due_at BIGINT;

CREATE INDEX subscriptions_by_due ON subscriptions (due_at);

-- Closed statements, numbered from 1 within their subscription. A row is never changed, but for sealed: what was erased
-- must not be credited.
CREATE TABLE statements (
    owner BIGINT NOT NULL REFERENCES subscriptions (number),
    number BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    to_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    total TEXT NOT NULL,
    sealed BOOLEAN NOT NULL DEFAULT FALSE,
    document TEXT NOT NULL,
    PRIMARY KEY (owner, number)
);

-- What there was at the end of a period, for subscriptions that count all records.
CREATE TABLE statement_snapshots (
    owner BIGINT NOT NULL REFERENCES subscriptions (number),
    number BIGINT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (owner, number)
);
