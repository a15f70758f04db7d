-- Orders for the repair of a medical device.
CREATE TABLE device_repair_orders (
    id text PRIMARY KEY,
    space text NOT NULL,
    -- Given with the first signature.
    number text CONSTRAINT device_repair_orders_number_key UNIQUE,
    state text NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    content_version integer NOT NULL CHECK (content_version > 0),
    -- The entity, or the branch of the payer, that issues it.
    entity_id text NOT NULL,
    -- Profession and licence number; none where a branch orders.
    prescriber text,
    -- Nobody's while the draft names no identifier.
    patient_id text NOT NULL,
    client_id text NOT NULL,
    client_reference text,
    is_open boolean NOT NULL,
    -- Signed once, and so of the payer's concern.
    is_registered boolean NOT NULL,
    -- Who holds the repair, or has carried it out.
    provider_id text,
    -- When time changes it next.
    due_at timestamp,
    -- While it is being verified: from when on (real time) a worker finishes what nobody else did.
    verify_at timestamp,
    -- How often a worker has taken it over; a new revision begins anew.
    verify_tries integer NOT NULL,
    created_at timestamp NOT NULL,
    changed_at timestamp NOT NULL,
    -- What a list shows.
    summary jsonb NOT NULL,
    key_version integer NOT NULL,
    wrapped_key bytea NOT NULL,
    sealed bytea NOT NULL,
    sealed_patient bytea NOT NULL,
    CONSTRAINT device_repair_orders_state CHECK (state IN (
        'DRAFT', 'VERIFYING', 'NEGATIVE', 'POSITIVE', 'HELD', 'REALISED', 'EXPIRED', 'CANCELLED')),
    CONSTRAINT device_repair_orders_numbered CHECK (state = 'DRAFT' OR number IS NOT NULL),
    CONSTRAINT device_repair_orders_verified CHECK ((state = 'VERIFYING') = (verify_at IS NOT NULL)),
    CONSTRAINT device_repair_orders_held CHECK ((state IN ('HELD', 'REALISED')) = (provider_id IS NOT NULL))
);

CREATE UNIQUE INDEX device_repair_orders_space_client_id_client_reference_key
ON device_repair_orders (space, client_id, client_reference)
WHERE is_open AND client_reference IS NOT NULL;

CREATE INDEX device_repair_orders_of_prescriber ON device_repair_orders (entity_id, prescriber, id);
CREATE INDEX device_repair_orders_of_patient ON device_repair_orders (patient_id, id);
CREATE INDEX device_repair_orders_registered ON device_repair_orders (space, id) WHERE is_registered;
CREATE INDEX device_repair_orders_of_provider ON device_repair_orders (provider_id, id) WHERE provider_id IS NOT NULL;
CREATE INDEX device_repair_orders_due ON device_repair_orders (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX device_repair_orders_verify ON device_repair_orders (verify_at) WHERE verify_at IS NOT NULL;

-- Providers that have opened a repair order with its access data.
CREATE TABLE device_repair_order_grants (
    order_id text NOT NULL REFERENCES device_repair_orders (id),
    organisation_id text NOT NULL,
    granted_at timestamp NOT NULL,
    PRIMARY KEY (order_id, organisation_id)
);

-- Officers of the payer who see a repair order whole for a while; why is on record for its patient.
CREATE TABLE device_repair_order_openings (
    order_id text NOT NULL REFERENCES device_repair_orders (id),
    person_id text NOT NULL REFERENCES people (id),
    open_until timestamp NOT NULL,
    PRIMARY KEY (order_id, person_id)
);
