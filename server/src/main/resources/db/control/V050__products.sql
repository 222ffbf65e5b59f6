-- Products and every version of their definitions, prices included. A version is never changed: closed statements name theirs.

CREATE TABLE products (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    environment TEXT NOT NULL,
    version BIGINT NOT NULL,
    status TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX products_by_environment ON products (environment, number);

CREATE TABLE product_versions (
    owner BIGINT NOT NULL REFERENCES products (number),
    version BIGINT NOT NULL,
    definition TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, version)
);
