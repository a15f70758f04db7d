DROP TABLE device_order_numbers;
