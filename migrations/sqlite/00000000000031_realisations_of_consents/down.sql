CREATE TABLE realisations_anew (
    id text PRIMARY KEY,
    demand_id text NOT NULL REFERENCES demands (id),
    space text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('IMPORTED', 'DISPENSED')),
    batch text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp NOT NULL,
    reversed_at timestamp,
    entry jsonb NOT NULL
);

INSERT INTO realisations_anew (id, demand_id, space, kind, batch, recorded_by, recorded_at, reversed_at, entry)
SELECT id, demand_id, space, kind, batch, recorded_by, recorded_at, reversed_at, entry FROM realisations
WHERE demand_id IS NOT NULL;

DROP TABLE realisations;
ALTER TABLE realisations_anew RENAME TO realisations;

CREATE INDEX realisations_of_demand ON realisations (demand_id, id);
CREATE INDEX realisations_of_batch ON realisations (space, batch, id);
