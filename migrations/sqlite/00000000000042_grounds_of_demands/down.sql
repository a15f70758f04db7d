ALTER TABLE demands DROP COLUMN ground;
