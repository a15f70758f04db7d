-- A repair is settled in the same ledger as goods: an entry says of which type of order it is, and refers to either.
ALTER TABLE settlement_entries ADD COLUMN document_kind text NOT NULL DEFAULT 'DEVICE_ORDER';
ALTER TABLE settlement_entries ADD CONSTRAINT settlement_entries_document
    CHECK (document_kind IN ('DEVICE_ORDER', 'DEVICE_REPAIR_ORDER'));
ALTER TABLE settlement_entries DROP CONSTRAINT settlement_entries_order_id_fkey;
ALTER TABLE settlement_entries DROP CONSTRAINT settlement_entries_take_up_id_fkey;
