DELETE FROM message_reads WHERE message_id IN (SELECT id FROM messages WHERE demand_id IS NULL);
DELETE FROM correspondence_readers WHERE item_id IN (SELECT id FROM messages WHERE demand_id IS NULL);
DELETE FROM correspondence_readers WHERE item_id IN (SELECT id FROM attachments WHERE demand_id IS NULL);

DROP INDEX messages_of_authorisation;
DELETE FROM messages WHERE demand_id IS NULL;
ALTER TABLE messages DROP CONSTRAINT messages_of_one_case;
ALTER TABLE messages DROP COLUMN authorisation_id;
ALTER TABLE messages ALTER COLUMN demand_id SET NOT NULL;

DROP INDEX attachments_of_authorisation;
DELETE FROM attachments WHERE demand_id IS NULL;
ALTER TABLE attachments DROP CONSTRAINT attachments_of_one_case;
ALTER TABLE attachments DROP COLUMN authorisation_id;
ALTER TABLE attachments ALTER COLUMN demand_id SET NOT NULL;
