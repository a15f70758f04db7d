-- How often the validation service failed on this very step, and since when; that it was away does not count.
ALTER TABLE pending_steps ADD COLUMN failures integer NOT NULL DEFAULT 0;
ALTER TABLE pending_steps ADD COLUMN failing_since timestamp;
