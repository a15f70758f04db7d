DROP TABLE device_order_periods;
DROP TABLE take_ups;
DROP TABLE device_orders;
