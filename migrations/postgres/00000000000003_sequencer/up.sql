CREATE TABLE leases (
    name text PRIMARY KEY,
    holder text NOT NULL,
    until timestamp NOT NULL
);

-- The last number given and, for the audit, the value of the chain at it.
CREATE TABLE sequences (
    name text PRIMARY KEY,
    last bigint NOT NULL,
    chain bytea NOT NULL
);

INSERT INTO sequences (name, last, chain) VALUES ('audit', 0, ''), ('events', 0, '');
