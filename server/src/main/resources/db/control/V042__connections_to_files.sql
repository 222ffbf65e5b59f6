-- A connection may name a file or folder of this machine. Such a one has no host, user, password or TLS: they are empty.

ALTER TABLE connections ADD COLUMN path TEXT;
