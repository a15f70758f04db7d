DROP INDEX take_ups_verify;
ALTER TABLE take_ups DROP COLUMN verify_at;
