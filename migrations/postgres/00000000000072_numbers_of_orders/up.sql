-- Every number that was given, so that no two documents have one, whichever kind they are of.
CREATE TABLE device_order_numbers (
    number text CONSTRAINT device_order_numbers_number_key PRIMARY KEY,
    document_kind text NOT NULL,
    document_id text NOT NULL
);

INSERT INTO device_order_numbers (number, document_kind, document_id)
SELECT number, 'DEVICE_ORDER', id FROM device_orders WHERE number IS NOT NULL
UNION ALL
SELECT number, 'DEVICE_REPAIR_ORDER', id FROM device_repair_orders WHERE number IS NOT NULL;
