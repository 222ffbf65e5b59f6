-- Simulations: what was asked for, how far it is, and the sums. What each customer pays is in a file that has the id as its name.

CREATE TABLE simulations (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    status TEXT NOT NULL,
    request TEXT NOT NULL,
    product_version BIGINT NOT NULL,
    currency TEXT NOT NULL,
    customers_done BIGINT NOT NULL,
    result TEXT,
    error_code TEXT,
    error_message TEXT,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT
);

CREATE INDEX simulations_by_environment ON simulations (environment, number);
