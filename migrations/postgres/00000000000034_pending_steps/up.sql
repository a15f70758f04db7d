-- Steps whose signature awaits a validation service outside; one for a document at most.
CREATE TABLE pending_steps (
    document_id text PRIMARY KEY,
    document_kind text NOT NULL,
    space text NOT NULL,
    received_at timestamp NOT NULL,
    -- Real time: a validation service does not follow a tester's clock.
    next_try_at timestamp NOT NULL,
    tries integer NOT NULL CHECK (tries >= 0),
    -- Who asks at present, and until when nobody else may.
    leased_by text,
    leased_until timestamp,
    -- The command, who gave it, and the signature; under the document's key.
    sealed bytea NOT NULL
);

CREATE INDEX pending_steps_due ON pending_steps (next_try_at);
