-- A demand may wait for the answer to a question. SQLite cannot change a constraint, so the table is made anew; the
-- references of its children are checked when the transaction ends.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE demands_kept AS SELECT * FROM demands;
DROP TABLE demands;

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
    -- Licence number and field of the chosen consultant, by which a substitute finds what waits for the absent one.
    consultant_post text,
    assigned_person text,
    -- The role that a question of the minister waits for.
    asked text,
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
    wrapped_key blob NOT NULL,
    sealed blob NOT NULL,
    CONSTRAINT demands_state CHECK (state IN (
        'DRAFT', 'AWAITING_REPRESENTATIVE', 'AWAITING_CONSULTANT', 'RETURNED', 'WITH_MINISTER',
        'CLARIFICATION', 'RESOLUTION_PREPARED', 'APPROVED', 'REJECTED', 'WITH_WHOLESALER', 'REALISED', 'EXPIRED', 'WITHDRAWN',
        'REVOKED')),
    CONSTRAINT demands_passed_on CHECK (state <> 'WITH_WHOLESALER' OR (wholesaler_id IS NOT NULL AND pharmacy_id IS NOT NULL)),
    CONSTRAINT demands_resolved CHECK (
        state NOT IN ('APPROVED', 'REJECTED', 'WITH_WHOLESALER', 'REALISED', 'REVOKED') OR resolution_number IS NOT NULL)
);

INSERT INTO demands (
    id, space, kind, number, state, in_facility, revision, entity_id, physician_npwz, consultant_npwz,
    assigned_person, wholesaler_id, pharmacy_id, resolution_number, rpwdl_number, client_id,
    client_reference, is_open, is_issued, is_examined, is_approved, due_at, created_at, changed_at, summary,
    key_version, wrapped_key, sealed, consultant_post
)
SELECT
    id, space, kind, number, state, in_facility, revision, entity_id, physician_npwz, consultant_npwz,
    assigned_person, wholesaler_id, pharmacy_id, resolution_number, rpwdl_number, client_id,
    client_reference, is_open, is_issued, is_examined, is_approved, due_at, created_at, changed_at, summary,
    key_version, wrapped_key, sealed, consultant_post
FROM demands_kept;
DROP TABLE demands_kept;

CREATE UNIQUE INDEX demands_space_client_id_client_reference_key ON demands (space, client_id, client_reference)
WHERE is_open AND client_reference IS NOT NULL;

CREATE INDEX demands_of_physician ON demands (physician_npwz, entity_id, id);
CREATE INDEX demands_of_entity ON demands (entity_id, state, id);
CREATE INDEX demands_of_consultant ON demands (consultant_npwz, id) WHERE consultant_npwz IS NOT NULL;
CREATE INDEX demands_at_ministry ON demands (space, id) WHERE state IN ('WITH_MINISTER', 'CLARIFICATION', 'RESOLUTION_PREPARED');
CREATE INDEX demands_of_wholesaler ON demands (wholesaler_id, id) WHERE wholesaler_id IS NOT NULL;
CREATE INDEX demands_of_pharmacy ON demands (pharmacy_id, id) WHERE pharmacy_id IS NOT NULL;
CREATE INDEX demands_due ON demands (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX demands_waiting_for_consultant ON demands (space, consultant_npwz) WHERE state = 'AWAITING_CONSULTANT';
CREATE INDEX demands_of_consultant_post ON demands (consultant_post, id) WHERE consultant_post IS NOT NULL;
CREATE INDEX demands_asked ON demands (space, asked, id) WHERE asked IS NOT NULL;
