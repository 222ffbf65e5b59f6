-- Who changed what. Entries are added and expire; an erasure empties what is about a customer.

CREATE TABLE audit_log (
    number ${identity},
    id TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    actor_name TEXT,
    environment TEXT,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT,
    request_id TEXT,
    before_text TEXT,
    after_text TEXT,
    erased BOOLEAN NOT NULL
);

CREATE INDEX audit_log_by_time ON audit_log (at);
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, number);
CREATE INDEX audit_log_by_environment ON audit_log (environment, number);
