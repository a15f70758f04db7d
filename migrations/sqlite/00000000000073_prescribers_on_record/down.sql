DROP INDEX device_orders_by_prescriber;
ALTER TABLE device_orders DROP COLUMN prescriber;
ALTER TABLE people DROP COLUMN specialties;
