-- How often a worker has taken an order over to finish its verification; a new revision begins anew.
ALTER TABLE device_orders ADD COLUMN verify_tries integer NOT NULL DEFAULT 0;
