-- When a process last said that it answers requests: a silence is seen by whoever speaks after it.
CREATE TABLE heartbeats (
    name text PRIMARY KEY,
    at timestamp NOT NULL
);
