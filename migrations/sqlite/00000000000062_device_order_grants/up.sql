-- Providers that opened an order with its access data.
CREATE TABLE device_order_grants (
    order_id text NOT NULL REFERENCES device_orders (id),
    organisation_id text NOT NULL,
    granted_at timestamp NOT NULL,
    PRIMARY KEY (order_id, organisation_id)
);
