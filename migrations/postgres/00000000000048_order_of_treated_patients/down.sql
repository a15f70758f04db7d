ALTER TABLE treated_patients DROP COLUMN line;
