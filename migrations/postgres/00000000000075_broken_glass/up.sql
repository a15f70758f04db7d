-- Officers of the payer who see an order whole for a while; why is on record for its patient.
CREATE TABLE device_order_openings (
    order_id text NOT NULL REFERENCES device_orders (id),
    person_id text NOT NULL REFERENCES people (id),
    open_until timestamp NOT NULL,
    PRIMARY KEY (order_id, person_id)
);
