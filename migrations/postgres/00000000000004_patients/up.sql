CREATE TABLE patients (
    id text PRIMARY KEY,
    space text NOT NULL,
    blind_index bytea NOT NULL CHECK (length(blind_index) = 32),
    created_at timestamp NOT NULL,
    CONSTRAINT patients_space_blind_index_key UNIQUE (space, blind_index)
);
