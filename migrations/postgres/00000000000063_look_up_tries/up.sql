-- Look-ups by code and PESEL that failed, counted for who guesses and for whose code is guessed.
CREATE TABLE look_up_tries (
    -- Keyed hash of whose they are.
    counted bytea PRIMARY KEY,
    space text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('CALLER', 'PATIENT')),
    failed integer NOT NULL CHECK (failed >= 0),
    last_at timestamp NOT NULL,
    not_before timestamp
);

CREATE INDEX look_up_tries_last ON look_up_tries (last_at);
