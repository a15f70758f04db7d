-- One ledger: an entry draws on a demand or on the consent of a temporary authorisation. SQLite changes a constraint
-- only by making the table anew.
CREATE TABLE realisations_anew (
    id text PRIMARY KEY,
    demand_id text REFERENCES demands (id),
    space text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('IMPORTED', 'DISPENSED')),
    batch text NOT NULL,
    recorded_by text NOT NULL,
    recorded_at timestamp NOT NULL,
    reversed_at timestamp,
    entry jsonb NOT NULL,
    authorisation_id text REFERENCES temporary_authorisations (id),
    CONSTRAINT realisations_draw_on_one CHECK ((demand_id IS NULL) <> (authorisation_id IS NULL))
);

INSERT INTO realisations_anew (id, demand_id, space, kind, batch, recorded_by, recorded_at, reversed_at, entry)
SELECT id, demand_id, space, kind, batch, recorded_by, recorded_at, reversed_at, entry FROM realisations;

DROP TABLE realisations;
ALTER TABLE realisations_anew RENAME TO realisations;

CREATE INDEX realisations_of_demand ON realisations (demand_id, id);
CREATE INDEX realisations_of_batch ON realisations (space, batch, id);
CREATE INDEX realisations_of_authorisation ON realisations (authorisation_id, id) WHERE authorisation_id IS NOT NULL;
