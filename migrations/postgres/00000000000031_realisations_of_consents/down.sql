DROP INDEX realisations_of_authorisation;
DELETE FROM realisations WHERE demand_id IS NULL;
ALTER TABLE realisations DROP CONSTRAINT realisations_draw_on_one;
ALTER TABLE realisations DROP COLUMN authorisation_id;
ALTER TABLE realisations ALTER COLUMN demand_id SET NOT NULL;
