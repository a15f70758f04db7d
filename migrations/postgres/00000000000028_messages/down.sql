DROP TABLE message_reads;
DROP TABLE correspondence_readers;
DROP TABLE messages;
