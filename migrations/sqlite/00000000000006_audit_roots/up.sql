-- A root covers the entries numbered since the root before it.
CREATE TABLE audit_roots (
    hour TIMESTAMP NOT NULL PRIMARY KEY,
    first_seq BIGINT NOT NULL UNIQUE,
    last_seq BIGINT NOT NULL UNIQUE,
    root BLOB NOT NULL CHECK (length(root) = 32),
    signature BLOB NOT NULL,
    CONSTRAINT audit_roots_range CHECK (first_seq BETWEEN 1 AND last_seq)
);
