ALTER TABLE device_orders DROP COLUMN verify_tries;
