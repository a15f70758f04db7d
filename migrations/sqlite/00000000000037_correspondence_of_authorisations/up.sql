-- Messages and files belong to a demand or to a notification for a temporary authorisation. SQLite changes a constraint
-- only by making the table anew; the references of its children are checked when the transaction ends.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE messages_kept AS SELECT * FROM messages;
DROP TABLE messages;

CREATE TABLE messages (
    id text PRIMARY KEY,
    demand_id text REFERENCES demands (id),
    sent_at timestamp NOT NULL,
    -- Absent where a patient wrote.
    organisation_id text,
    sealed blob NOT NULL,
    authorisation_id text REFERENCES temporary_authorisations (id),
    CONSTRAINT messages_of_one_case CHECK ((demand_id IS NULL) <> (authorisation_id IS NULL))
);

INSERT INTO messages (id, demand_id, sent_at, organisation_id, sealed)
SELECT id, demand_id, sent_at, organisation_id, sealed FROM messages_kept;
DROP TABLE messages_kept;

CREATE INDEX messages_of_demand ON messages (demand_id, id);
CREATE INDEX messages_of_authorisation ON messages (authorisation_id, id) WHERE authorisation_id IS NOT NULL;

CREATE TABLE attachments_kept AS SELECT * FROM attachments;
DROP TABLE attachments;

CREATE TABLE attachments (
    id text PRIMARY KEY,
    demand_id text REFERENCES demands (id),
    added_at timestamp NOT NULL,
    -- Absent where a patient added it.
    organisation_id text,
    media_type text NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    -- Title and digest.
    sealed blob NOT NULL,
    authorisation_id text REFERENCES temporary_authorisations (id),
    CONSTRAINT attachments_of_one_case CHECK ((demand_id IS NULL) <> (authorisation_id IS NULL))
);

INSERT INTO attachments (id, demand_id, added_at, organisation_id, media_type, size, sealed)
SELECT id, demand_id, added_at, organisation_id, media_type, size, sealed FROM attachments_kept;
DROP TABLE attachments_kept;

CREATE INDEX attachments_of_demand ON attachments (demand_id, id);
CREATE INDEX attachments_of_authorisation ON attachments (authorisation_id, id) WHERE authorisation_id IS NOT NULL;
