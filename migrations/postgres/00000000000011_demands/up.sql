CREATE TABLE demands (
    id text PRIMARY KEY,
    space text NOT NULL,
    kind text NOT NULL,
    number text NOT NULL CONSTRAINT demands_number_key UNIQUE,
    state text NOT NULL,
    in_facility boolean NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    entity_id text NOT NULL,
    physician_npwz text NOT NULL,
    consultant_npwz text,
    assigned_person text,
    wholesaler_id text,
    pharmacy_id text,
    resolution_number text CONSTRAINT demands_resolution_number_key UNIQUE,
    rpwdl_number text,
    client_id text NOT NULL,
    client_reference text,
    is_open boolean NOT NULL,
    -- How far it came: signed by the physician, confirmed by a consultant, approved by the ministry.
    is_issued boolean NOT NULL,
    is_examined boolean NOT NULL,
    is_approved boolean NOT NULL,
    -- When the soonest term runs out.
    due_at timestamp,
    created_at timestamp NOT NULL,
    changed_at timestamp NOT NULL,
    -- What a list shows: nothing of a patient.
    summary jsonb NOT NULL,
    key_version integer NOT NULL,
    wrapped_key bytea NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT demands_state CHECK (state IN (
        'DRAFT', 'AWAITING_REPRESENTATIVE', 'AWAITING_CONSULTANT', 'RETURNED', 'WITH_MINISTER',
        'RESOLUTION_PREPARED', 'APPROVED', 'REJECTED', 'WITH_WHOLESALER', 'REALISED', 'EXPIRED', 'WITHDRAWN',
        'REVOKED')),
    CONSTRAINT demands_passed_on CHECK (state <> 'WITH_WHOLESALER' OR (wholesaler_id IS NOT NULL AND pharmacy_id IS NOT NULL)),
    CONSTRAINT demands_resolved CHECK (
        state NOT IN ('APPROVED', 'REJECTED', 'WITH_WHOLESALER', 'REALISED', 'REVOKED') OR resolution_number IS NOT NULL)
);

CREATE UNIQUE INDEX demands_space_client_id_client_reference_key ON demands (space, client_id, client_reference)
WHERE is_open AND client_reference IS NOT NULL;

CREATE INDEX demands_of_physician ON demands (physician_npwz, entity_id, id);
CREATE INDEX demands_of_entity ON demands (entity_id, state, id);
CREATE INDEX demands_of_consultant ON demands (consultant_npwz, id) WHERE consultant_npwz IS NOT NULL;
CREATE INDEX demands_at_ministry ON demands (space, id) WHERE state IN ('WITH_MINISTER', 'RESOLUTION_PREPARED');
CREATE INDEX demands_of_wholesaler ON demands (wholesaler_id, id) WHERE wholesaler_id IS NOT NULL;
CREATE INDEX demands_of_pharmacy ON demands (pharmacy_id, id) WHERE pharmacy_id IS NOT NULL;
CREATE INDEX demands_due ON demands (due_at) WHERE due_at IS NOT NULL;

-- Each patient is sealed apart, so that one can be shown or erased without the others.
CREATE TABLE demand_patients (
    demand_id text NOT NULL REFERENCES demands (id),
    line integer NOT NULL CHECK (line >= 0),
    patient_id text NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (demand_id, line)
);

CREATE INDEX demand_patients_of_patient ON demand_patients (patient_id, demand_id);

CREATE TABLE demand_grants (
    demand_id text NOT NULL REFERENCES demands (id),
    organisation_id text NOT NULL,
    granted_at timestamp NOT NULL,
    PRIMARY KEY (demand_id, organisation_id)
);

CREATE INDEX demand_grants_of_organisation ON demand_grants (organisation_id, demand_id);

CREATE TABLE realisations (
    id text PRIMARY KEY,
    demand_id text NOT NULL REFERENCES demands (id),
    space text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('IMPORTED', 'DISPENSED')),
    batch text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp NOT NULL,
    reversed_at timestamp,
    entry jsonb NOT NULL
);

CREATE INDEX realisations_of_demand ON realisations (demand_id, id);
CREATE INDEX realisations_of_batch ON realisations (space, batch, id);

-- A signature serves once: the same certificate over the same bytes is the same act.
CREATE TABLE signatures (
    id text PRIMARY KEY,
    document_id text NOT NULL,
    step text NOT NULL,
    content_version integer NOT NULL,
    kind text NOT NULL,
    level text NOT NULL,
    person_id text NOT NULL,
    certificate_sha256 bytea NOT NULL CHECK (length(certificate_sha256) = 32),
    payload_sha256 bytea NOT NULL CHECK (length(payload_sha256) = 32),
    received_at timestamp NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT signatures_certificate_sha256_payload_sha256_key UNIQUE (certificate_sha256, payload_sha256)
);

CREATE INDEX signatures_of_document ON signatures (document_id, id);

-- Kept once however many signatures it answered for; public data.
CREATE TABLE revocation_lists (
    sha256 bytea PRIMARY KEY CHECK (length(sha256) = 32),
    der bytea NOT NULL
);
