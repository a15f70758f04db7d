-- A root covers the entries numbered since the root before it.
CREATE TABLE audit_roots (
    hour timestamp PRIMARY KEY,
    first_seq bigint NOT NULL UNIQUE,
    last_seq bigint NOT NULL UNIQUE,
    root bytea NOT NULL CHECK (length(root) = 32),
    signature bytea NOT NULL,
    CONSTRAINT audit_roots_range CHECK (first_seq BETWEEN 1 AND last_seq)
);
