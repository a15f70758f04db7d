CREATE TABLE patients (
    id TEXT NOT NULL PRIMARY KEY,
    space TEXT NOT NULL,
    blind_index BLOB NOT NULL CHECK (length(blind_index) = 32),
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT patients_space_blind_index_key UNIQUE (space, blind_index)
);
