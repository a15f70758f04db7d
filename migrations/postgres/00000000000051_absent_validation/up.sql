-- Since when the validation service is away; that time does not count as failing.
ALTER TABLE pending_steps ADD COLUMN away_since timestamp;
