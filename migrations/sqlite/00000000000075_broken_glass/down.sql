DROP TABLE device_order_openings;
