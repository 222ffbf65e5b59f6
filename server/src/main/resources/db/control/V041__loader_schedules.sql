-- When loaders run, where incremental ones stand, and more of what a run says. Times are µs since 1970.

ALTER TABLE loaders ADD COLUMN refresh TEXT NOT NULL DEFAULT 'PT1H';
ALTER TABLE loaders ADD COLUMN cursor_column TEXT;
ALTER TABLE loaders ADD COLUMN cursor_initial TEXT;
ALTER TABLE loaders ADD COLUMN cursor_overlap TEXT;
ALTER TABLE loaders ADD COLUMN cursor_full_reload TEXT;

-- next_run_at is what holds; the row of the loader in scheduled_tasks only wakes us then.
CREATE TABLE loader_schedules (
    loader_id TEXT PRIMARY KEY REFERENCES loaders (id) ON DELETE CASCADE,
    paused_at BIGINT,
    next_run_at BIGINT,
    failed_attempts BIGINT NOT NULL DEFAULT 0,
    failing_since BIGINT
);

INSERT INTO loader_schedules (loader_id, next_run_at) SELECT id, updated_at FROM loaders;

-- Saved in the transaction that ends a run whose rows are durable. Types are those of io.meterline.loader.source.ValueType.
CREATE TABLE loader_cursors (
    loader_id TEXT PRIMARY KEY REFERENCES loaders (id) ON DELETE CASCADE,
    value_type TEXT,
    value TEXT,
    points TEXT NOT NULL DEFAULT '[]',
    last_run_at BIGINT,
    last_full_at BIGINT
);

ALTER TABLE loader_runs ADD COLUMN attempt BIGINT NOT NULL DEFAULT 1;
ALTER TABLE loader_runs ADD COLUMN full_reload BIGINT NOT NULL DEFAULT 0;
ALTER TABLE loader_runs ADD COLUMN estimated_rows BIGINT;
ALTER TABLE loader_runs ADD COLUMN cursor_before TEXT;
ALTER TABLE loader_runs ADD COLUMN cursor_after TEXT;
ALTER TABLE loader_runs ADD COLUMN gap_possible BIGINT NOT NULL DEFAULT 0;

-- The table of db-scheduler.
CREATE TABLE scheduled_tasks (
    task_name TEXT NOT NULL,
    task_instance TEXT NOT NULL,
    task_data BYTEA,
    execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
    picked BOOLEAN NOT NULL,
    picked_by TEXT,
    last_success TIMESTAMP WITH TIME ZONE,
    last_failure TIMESTAMP WITH TIME ZONE,
    consecutive_failures INT,
    last_heartbeat TIMESTAMP WITH TIME ZONE,
    version BIGINT NOT NULL,
    priority SMALLINT,
    PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX scheduled_tasks_by_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_by_heartbeat ON scheduled_tasks (last_heartbeat);
