ALTER TABLE pending_steps DROP COLUMN failing_since;
ALTER TABLE pending_steps DROP COLUMN failures;
