-- Subscriptions. The customer is the one that was named, before any merge. revision counts the writes of a row.

CREATE TABLE subscriptions (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    customer BIGINT NOT NULL REFERENCES customers (number),
    external_id TEXT,
    currency TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT,
    canceled_at BIGINT,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX subscriptions_by_environment ON subscriptions (environment, number);
CREATE INDEX subscriptions_by_customer ON subscriptions (customer, number);
CREATE UNIQUE INDEX subscriptions_by_external_id ON subscriptions (environment, external_id);

-- Interval, anchor and products from a time on: the first from the start, one more for each change.
CREATE TABLE subscription_terms (
    owner BIGINT NOT NULL REFERENCES subscriptions (number),
    effective_from BIGINT NOT NULL,
    definition TEXT NOT NULL,
    PRIMARY KEY (owner, effective_from)
);
