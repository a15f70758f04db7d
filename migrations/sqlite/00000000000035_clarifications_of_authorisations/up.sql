-- A notification may wait for the answer to a question. SQLite cannot change a constraint, so the table is made anew; the
-- references of its children and of additions are checked when the transaction ends.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE temporary_authorisations_kept AS SELECT * FROM temporary_authorisations;
DROP TABLE temporary_authorisations;

CREATE TABLE temporary_authorisations (
    id text PRIMARY KEY,
    space text NOT NULL,
    number text NOT NULL CONSTRAINT temporary_authorisations_number_key UNIQUE,
    state text NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    wholesaler_id text NOT NULL,
    -- The consent to which it adds batches.
    adds_to text REFERENCES temporary_authorisations (id),
    assigned_person text,
    -- Who has to answer a question of the minister: the wholesaler, or the role of an office.
    asked text,
    resolution_number text CONSTRAINT temporary_authorisations_resolution_number_key UNIQUE,
    client_id text NOT NULL,
    client_reference text,
    is_open boolean NOT NULL,
    -- How far it came: signed by the responsible person, co-signed, consented to by the ministry.
    is_submitted boolean NOT NULL,
    is_examined boolean NOT NULL,
    is_consented boolean NOT NULL,
    -- When the term that runs is over: the period of the consent, or that of an answer.
    due_at timestamp,
    created_at timestamp NOT NULL,
    changed_at timestamp NOT NULL,
    -- What a list shows.
    summary jsonb NOT NULL,
    key_version integer NOT NULL,
    wrapped_key blob NOT NULL,
    sealed blob NOT NULL,
    CONSTRAINT temporary_authorisations_state CHECK (state IN (
        'DRAFT', 'AWAITING_REPRESENTATIVE', 'WITH_MINISTER', 'CLARIFICATION', 'RESOLUTION_PREPARED', 'CONSENTED',
        'REFUSED', 'LAPSED', 'REVOKED', 'WITHDRAWN')),
    CONSTRAINT temporary_authorisations_resolved CHECK (
        state NOT IN ('CONSENTED', 'REFUSED', 'LAPSED', 'REVOKED') OR resolution_number IS NOT NULL)
);

INSERT INTO temporary_authorisations (
    id, space, number, state, revision, wholesaler_id, adds_to, assigned_person, resolution_number, client_id,
    client_reference, is_open, is_submitted, is_examined, is_consented, due_at, created_at, changed_at, summary,
    key_version, wrapped_key, sealed
)
SELECT
    id, space, number, state, revision, wholesaler_id, adds_to, assigned_person, resolution_number, client_id,
    client_reference, is_open, is_submitted, is_examined, is_consented, due_at, created_at, changed_at, summary,
    key_version, wrapped_key, sealed
FROM temporary_authorisations_kept;
DROP TABLE temporary_authorisations_kept;

CREATE UNIQUE INDEX temporary_authorisations_space_client_id_client_reference_key
ON temporary_authorisations (space, client_id, client_reference)
WHERE is_open AND client_reference IS NOT NULL;

CREATE INDEX temporary_authorisations_of_wholesaler ON temporary_authorisations (wholesaler_id, id);
CREATE INDEX temporary_authorisations_added_to ON temporary_authorisations (adds_to, id) WHERE adds_to IS NOT NULL;
CREATE INDEX temporary_authorisations_at_ministry ON temporary_authorisations (space, id)
WHERE state IN ('WITH_MINISTER', 'CLARIFICATION', 'RESOLUTION_PREPARED');
CREATE INDEX temporary_authorisations_due ON temporary_authorisations (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX temporary_authorisations_asked ON temporary_authorisations (space, asked, id) WHERE asked IS NOT NULL;
