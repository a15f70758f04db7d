DROP INDEX organisations_of_nip;
DROP TABLE paper_notification_versions;
DROP TABLE paper_notifications;
