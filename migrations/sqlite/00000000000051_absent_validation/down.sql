ALTER TABLE pending_steps DROP COLUMN away_since;
