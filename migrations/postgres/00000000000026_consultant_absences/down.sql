DROP INDEX demands_of_consultant_post;
ALTER TABLE demands DROP COLUMN consultant_post;
DROP TABLE consultant_absences;
