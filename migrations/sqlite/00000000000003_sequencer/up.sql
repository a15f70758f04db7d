CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until TIMESTAMP NOT NULL
);

-- The last number given and, for the audit, the value of the chain at it.
CREATE TABLE sequences (
    name TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL,
    chain BLOB NOT NULL
);

INSERT INTO sequences (name, last, chain) VALUES ('audit', 0, x''), ('events', 0, x'');
