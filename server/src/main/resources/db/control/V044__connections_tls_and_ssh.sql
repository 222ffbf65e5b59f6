-- Certificates of the authorities to trust, in PEM, and the SSH server that leads to the source.

ALTER TABLE connections ADD COLUMN tls_ca TEXT;
ALTER TABLE connections ADD COLUMN ssh_host TEXT;
ALTER TABLE connections ADD COLUMN ssh_port BIGINT;
ALTER TABLE connections ADD COLUMN ssh_user TEXT;
ALTER TABLE connections ADD COLUMN ssh_host_key TEXT;
ALTER TABLE connections ADD COLUMN encrypted_ssh_password TEXT;
ALTER TABLE connections ADD COLUMN encrypted_ssh_private_key TEXT;
ALTER TABLE connections ADD COLUMN encrypted_ssh_passphrase TEXT;
