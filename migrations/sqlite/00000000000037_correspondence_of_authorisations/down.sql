PRAGMA defer_foreign_keys = ON;

DELETE FROM message_reads WHERE message_id IN (SELECT id FROM messages WHERE demand_id IS NULL);
DELETE FROM correspondence_readers WHERE item_id IN (SELECT id FROM messages WHERE demand_id IS NULL);
DELETE FROM correspondence_readers WHERE item_id IN (SELECT id FROM attachments WHERE demand_id IS NULL);

CREATE TABLE messages_kept AS SELECT * FROM messages WHERE demand_id IS NOT NULL;
DROP TABLE messages;

CREATE TABLE messages (
    id text PRIMARY KEY,
    demand_id text NOT NULL REFERENCES demands (id),
    sent_at timestamp NOT NULL,
    organisation_id text,
    sealed blob NOT NULL
);

INSERT INTO messages (id, demand_id, sent_at, organisation_id, sealed)
SELECT id, demand_id, sent_at, organisation_id, sealed FROM messages_kept;
DROP TABLE messages_kept;

CREATE INDEX messages_of_demand ON messages (demand_id, id);

CREATE TABLE attachments_kept AS SELECT * FROM attachments WHERE demand_id IS NOT NULL;
DROP TABLE attachments;

CREATE TABLE attachments (
    id text PRIMARY KEY,
    demand_id text NOT NULL REFERENCES demands (id),
    added_at timestamp NOT NULL,
    organisation_id text,
    media_type text NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    sealed blob NOT NULL
);

INSERT INTO attachments (id, demand_id, added_at, organisation_id, media_type, size, sealed)
SELECT id, demand_id, added_at, organisation_id, media_type, size, sealed FROM attachments_kept;
DROP TABLE attachments_kept;

CREATE INDEX attachments_of_demand ON attachments (demand_id, id);
