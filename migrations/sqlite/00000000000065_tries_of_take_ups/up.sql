-- How often a worker has taken a take-up over to finish the payer's look; what is saved anew begins anew.
ALTER TABLE take_ups ADD COLUMN verify_tries integer NOT NULL DEFAULT 0;
