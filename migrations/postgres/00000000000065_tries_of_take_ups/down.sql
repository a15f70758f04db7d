ALTER TABLE take_ups DROP COLUMN verify_tries;
