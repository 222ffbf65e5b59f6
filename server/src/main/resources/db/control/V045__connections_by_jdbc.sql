-- The JDBC URL of a source that is read with a driver of the operator's. It can hold secrets, so all of it is encrypted.

ALTER TABLE connections ADD COLUMN encrypted_url TEXT;
