-- Orders for medical devices.
CREATE TABLE device_orders (
    id text PRIMARY KEY,
    space text NOT NULL,
    -- Given with the first signature.
    number text CONSTRAINT device_orders_number_key UNIQUE,
    state text NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    content_version integer NOT NULL CHECK (content_version > 0),
    entity_id text NOT NULL,
    prescriber_licence text NOT NULL,
    -- Nobody's while the draft names no identifier.
    patient_id text NOT NULL,
    client_id text NOT NULL,
    client_reference text,
    is_open boolean NOT NULL,
    -- Signed once, and so of the payer's concern.
    is_registered boolean NOT NULL,
    -- Keyed hash of patient and access code, while the order can be taken up.
    access_index blob CONSTRAINT device_orders_access_index_key UNIQUE,
    -- When time changes it next.
    due_at timestamp,
    -- While it is being verified: from when on (real time) a worker finishes what nobody else did.
    verify_at timestamp,
    created_at timestamp NOT NULL,
    changed_at timestamp NOT NULL,
    -- What a list shows.
    summary jsonb NOT NULL,
    key_version integer NOT NULL,
    wrapped_key blob NOT NULL,
    sealed blob NOT NULL,
    sealed_patient blob NOT NULL,
    CONSTRAINT device_orders_state CHECK (state IN (
        'DRAFT', 'REGISTERED', 'VERIFYING', 'NEGATIVE', 'POSITIVE', 'REALISED', 'EXPIRED', 'CANCELLED')),
    CONSTRAINT device_orders_numbered CHECK (state = 'DRAFT' OR number IS NOT NULL),
    CONSTRAINT device_orders_verified CHECK ((state = 'VERIFYING') = (verify_at IS NOT NULL))
);

CREATE UNIQUE INDEX device_orders_space_client_id_client_reference_key
ON device_orders (space, client_id, client_reference)
WHERE is_open AND client_reference IS NOT NULL;

CREATE INDEX device_orders_of_prescriber ON device_orders (entity_id, prescriber_licence, id);
CREATE INDEX device_orders_of_patient ON device_orders (patient_id, id);
CREATE INDEX device_orders_registered ON device_orders (space, id) WHERE is_registered;
CREATE INDEX device_orders_due ON device_orders (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX device_orders_verify ON device_orders (verify_at) WHERE verify_at IS NOT NULL;

-- Providers' holds on months of an order, or on the whole of a one-off one; the rest is in the order.
CREATE TABLE take_ups (
    id text PRIMARY KEY,
    order_id text NOT NULL REFERENCES device_orders (id),
    space text NOT NULL,
    provider_id text NOT NULL,
    state text NOT NULL,
    first_month text,
    months integer,
    taken_at timestamp NOT NULL,
    held_until date NOT NULL,
    CONSTRAINT take_ups_state CHECK (state IN (
        'VERIFYING', 'REFUSED', 'HELD', 'REALISED', 'WITHDRAWN', 'LAPSED')),
    CONSTRAINT take_ups_months CHECK ((first_month IS NULL) = (months IS NULL))
);

CREATE INDEX take_ups_of_provider ON take_ups (provider_id, state, id);
CREATE INDEX take_ups_of_order ON take_ups (order_id, id);

-- A month has a row while a take-up has it, and so one at most: of two providers one wins by this key.
CREATE TABLE device_order_periods (
    order_id text NOT NULL REFERENCES device_orders (id),
    -- 2026-12, or ONE_OFF.
    month text NOT NULL,
    take_up_id text NOT NULL REFERENCES take_ups (id),
    state text NOT NULL,
    CONSTRAINT device_order_periods_order_id_month_key PRIMARY KEY (order_id, month),
    CONSTRAINT device_order_periods_state CHECK (state IN ('VERIFYING', 'RESERVED', 'CONFIRMING', 'REALISED'))
);

CREATE INDEX device_order_periods_of_take_up ON device_order_periods (take_up_id);
