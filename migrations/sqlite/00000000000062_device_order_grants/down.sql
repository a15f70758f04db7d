DROP TABLE device_order_grants;
