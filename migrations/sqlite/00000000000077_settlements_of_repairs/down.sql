-- An entry of a repair has no place in the table as it was, and none is ever deleted: while there is one this stops.
CREATE TABLE entries_of_repairs (entries bigint NOT NULL CHECK (entries = 0));
INSERT INTO entries_of_repairs SELECT count(*) FROM settlement_entries WHERE document_kind <> 'DEVICE_ORDER';
DROP TABLE entries_of_repairs;
CREATE TABLE settlement_entries_anew (
    id text PRIMARY KEY,
    space text NOT NULL,
    month text NOT NULL,
    kind text NOT NULL,
    entered_at timestamp NOT NULL,
    provider_id text NOT NULL,
    contract text NOT NULL,
    -- The contract's holder, where a subcontractor acts under it.
    holder_id text,
    order_id text NOT NULL REFERENCES device_orders (id),
    order_number text NOT NULL,
    take_up_id text NOT NULL REFERENCES take_ups (id),
    code text NOT NULL,
    tier integer NOT NULL,
    side text,
    -- Grosze.
    limit_amount bigint NOT NULL,
    limit_kind text NOT NULL,
    -- The payer's, in percent.
    share integer NOT NULL,
    entitlement text,
    -- Month of issue.
    issued_in text NOT NULL,
    -- Hundredths.
    pieces bigint NOT NULL,
    -- Grosze.
    price bigint NOT NULL,
    refund bigint NOT NULL,
    copay bigint NOT NULL,
    provider_name text,
    place text,
    CONSTRAINT settlement_entries_whole CHECK (price = refund + copay),
    CONSTRAINT settlement_entries_sign CHECK (
        (kind = 'REALISED' AND pieces > 0 AND refund >= 0 AND copay >= 0)
        OR (kind = 'WITHDRAWN' AND pieces < 0 AND refund <= 0 AND copay <= 0))
);

INSERT INTO settlement_entries_anew (id, space, month, kind, entered_at, provider_id, contract, holder_id, order_id, order_number, take_up_id, code, tier, side,
    limit_amount, limit_kind, share, entitlement, issued_in, pieces, price, refund, copay, provider_name, place)
SELECT id, space, month, kind, entered_at, provider_id, contract, holder_id, order_id, order_number, take_up_id, code, tier, side,
    limit_amount, limit_kind, share, entitlement, issued_in, pieces, price, refund, copay, provider_name, place
FROM settlement_entries;

-- Dropping a table fires no trigger of its rows.
DROP TABLE settlement_entries;
ALTER TABLE settlement_entries_anew RENAME TO settlement_entries;

CREATE INDEX settlement_entries_of_month ON settlement_entries (provider_id, month, id);
CREATE INDEX settlement_entries_of_holder ON settlement_entries (holder_id, month, id) WHERE holder_id IS NOT NULL;

CREATE TRIGGER settlement_update BEFORE UPDATE ON settlement_entries FOR EACH ROW
BEGIN
    SELECT RAISE(ABORT, 'entries of a settlement never change');
END;

CREATE TRIGGER settlement_delete BEFORE DELETE ON settlement_entries FOR EACH ROW
BEGIN
    SELECT RAISE(ABORT, 'entries of a settlement never change');
END;
