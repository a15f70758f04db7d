DROP INDEX take_ups_of_holder;
ALTER TABLE take_ups DROP COLUMN place;
ALTER TABLE take_ups DROP COLUMN provider_name;
ALTER TABLE take_ups DROP COLUMN holder_id;
DROP INDEX settlement_entries_of_holder;
ALTER TABLE settlement_entries DROP COLUMN place;
ALTER TABLE settlement_entries DROP COLUMN provider_name;
