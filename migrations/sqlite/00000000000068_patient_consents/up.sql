-- To what a patient has agreed, with contacts under seal.
CREATE TABLE patient_consents (
    patient_id text PRIMARY KEY REFERENCES patients (id),
    -- 1 is that of a patient who has no row yet.
    revision bigint NOT NULL CHECK (revision > 1),
    changed_at timestamp NOT NULL,
    key_version integer NOT NULL,
    wrapped_key blob NOT NULL,
    sealed blob NOT NULL
);
