CREATE TABLE idempotency (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    operation TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    status INTEGER,
    document_id TEXT,
    wrapped_key BLOB,
    key_version INTEGER,
    answer BLOB,
    PRIMARY KEY (scope, key),
    CONSTRAINT idempotency_answered CHECK (
        (status IS NULL) = (answer IS NULL)
        AND (wrapped_key IS NULL) = (answer IS NULL)
        AND (key_version IS NULL) = (answer IS NULL)
    )
);

CREATE INDEX idempotency_age ON idempotency (created_at);
