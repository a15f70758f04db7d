-- An entry of a repair has no place in the table as it was, and none is ever deleted: while there is one this stops.
CREATE TABLE entries_of_repairs (entries bigint NOT NULL CHECK (entries = 0));
INSERT INTO entries_of_repairs SELECT count(*) FROM settlement_entries WHERE document_kind <> 'DEVICE_ORDER';
DROP TABLE entries_of_repairs;
ALTER TABLE settlement_entries DROP CONSTRAINT settlement_entries_document;
ALTER TABLE settlement_entries DROP COLUMN document_kind;
ALTER TABLE settlement_entries ADD CONSTRAINT settlement_entries_order_id_fkey
    FOREIGN KEY (order_id) REFERENCES device_orders (id);
ALTER TABLE settlement_entries ADD CONSTRAINT settlement_entries_take_up_id_fkey
    FOREIGN KEY (take_up_id) REFERENCES take_ups (id);
