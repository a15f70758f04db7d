DROP TABLE authorised_assistants;
ALTER TABLE people DROP COLUMN profession;
