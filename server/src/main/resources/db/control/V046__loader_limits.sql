-- How much a run of a loader may read; 0 for any number.

ALTER TABLE loaders ADD COLUMN max_rows BIGINT NOT NULL DEFAULT 0;
ALTER TABLE loaders ADD COLUMN max_bytes BIGINT NOT NULL DEFAULT 0;
