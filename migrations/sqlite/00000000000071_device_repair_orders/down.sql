DROP TABLE device_repair_order_openings;
DROP TABLE device_repair_order_grants;
DROP TABLE device_repair_orders;
