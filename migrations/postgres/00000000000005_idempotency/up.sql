CREATE TABLE idempotency (
    scope text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    operation text NOT NULL,
    created_at timestamp NOT NULL,
    status integer,
    document_id text,
    wrapped_key bytea,
    key_version integer,
    answer bytea,
    PRIMARY KEY (scope, key),
    CONSTRAINT idempotency_answered CHECK (
        (status IS NULL) = (answer IS NULL)
        AND (wrapped_key IS NULL) = (answer IS NULL)
        AND (key_version IS NULL) = (answer IS NULL)
    )
);

CREATE INDEX idempotency_age ON idempotency (created_at);
