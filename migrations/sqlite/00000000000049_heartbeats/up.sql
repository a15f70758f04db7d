-- When a process last said that it answers requests: a silence is seen by whoever speaks after it.
CREATE TABLE heartbeats (
    name TEXT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL
);
