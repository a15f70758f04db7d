-- Who supplied, and where: whoever holds the contract answers to the payer for what its subcontractors issue under it, and reads
-- both. What was booked and taken up before knows no more than it did.
ALTER TABLE settlement_entries ADD COLUMN provider_name text;
ALTER TABLE settlement_entries ADD COLUMN place text;
CREATE INDEX settlement_entries_of_holder ON settlement_entries (holder_id, month, id) WHERE holder_id IS NOT NULL;

ALTER TABLE take_ups ADD COLUMN holder_id text;
ALTER TABLE take_ups ADD COLUMN provider_name text;
ALTER TABLE take_ups ADD COLUMN place text;
CREATE INDEX take_ups_of_holder ON take_ups (holder_id, state, id) WHERE holder_id IS NOT NULL;
