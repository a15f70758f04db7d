-- Messages and files belong to a demand or to a notification for a temporary authorisation.
ALTER TABLE messages ALTER COLUMN demand_id DROP NOT NULL;
ALTER TABLE messages ADD COLUMN authorisation_id text REFERENCES temporary_authorisations (id);
ALTER TABLE messages ADD CONSTRAINT messages_of_one_case CHECK ((demand_id IS NULL) <> (authorisation_id IS NULL));

CREATE INDEX messages_of_authorisation ON messages (authorisation_id, id) WHERE authorisation_id IS NOT NULL;

ALTER TABLE attachments ALTER COLUMN demand_id DROP NOT NULL;
ALTER TABLE attachments ADD COLUMN authorisation_id text REFERENCES temporary_authorisations (id);
ALTER TABLE attachments ADD CONSTRAINT attachments_of_one_case CHECK ((demand_id IS NULL) <> (authorisation_id IS NULL));

CREATE INDEX attachments_of_authorisation ON attachments (authorisation_id, id) WHERE authorisation_id IS NOT NULL;
