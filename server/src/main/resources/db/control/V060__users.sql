-- The people who sign in to the console, their sessions, and one-time links. Secrets are stored as hashes only.

CREATE TABLE users (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password TEXT,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT
);

CREATE TABLE sessions (
    hash TEXT PRIMARY KEY,
    user_number BIGINT NOT NULL REFERENCES users (number),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_user ON sessions (user_number, created_at);

-- A link without a user makes the first one.
CREATE TABLE sign_in_links (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    user_number BIGINT REFERENCES users (number),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX sign_in_links_by_user ON sign_in_links (user_number);
