-- Customers. Events carry the number, which is never given twice.
-- merged_into is what was asked for; canonical is the end of that chain, null for a customer that is not merged.

CREATE TABLE customers (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    external_id TEXT,
    name TEXT,
    currency TEXT,
    time_zone TEXT,
    properties TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    merged_into BIGINT REFERENCES customers (number),
    merged_at BIGINT,
    canonical BIGINT REFERENCES customers (number)
);

CREATE INDEX customers_by_environment ON customers (environment, number);
CREATE INDEX customers_by_merge ON customers (merged_into);
CREATE INDEX customers_by_canonical ON customers (canonical);

-- Every external id that leads to a customer, the current one and the earlier ones: unique among both.
CREATE TABLE customer_external_ids (
    environment TEXT NOT NULL,
    external_id TEXT NOT NULL,
    customer BIGINT NOT NULL REFERENCES customers (number),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (environment, external_id)
);

CREATE INDEX customer_external_ids_by_customer ON customer_external_ids (customer);
