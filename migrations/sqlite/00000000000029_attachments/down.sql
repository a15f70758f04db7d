DROP TABLE attachment_uploads;
DROP TABLE attachments;
