ALTER TABLE settlement_entries DISABLE TRIGGER settlement_delete;
DELETE FROM settlement_entries WHERE document_kind <> 'DEVICE_ORDER';
ALTER TABLE settlement_entries ENABLE TRIGGER settlement_delete;
ALTER TABLE settlement_entries DROP CONSTRAINT settlement_entries_document;
ALTER TABLE settlement_entries DROP COLUMN document_kind;
ALTER TABLE settlement_entries ADD CONSTRAINT settlement_entries_order_id_fkey
    FOREIGN KEY (order_id) REFERENCES device_orders (id);
ALTER TABLE settlement_entries ADD CONSTRAINT settlement_entries_take_up_id_fkey
    FOREIGN KEY (take_up_id) REFERENCES take_ups (id);
