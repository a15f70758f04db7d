-- One ledger: an entry draws on a demand or on the consent of a temporary authorisation.
ALTER TABLE realisations ALTER COLUMN demand_id DROP NOT NULL;
ALTER TABLE realisations ADD COLUMN authorisation_id text REFERENCES temporary_authorisations (id);
ALTER TABLE realisations ADD CONSTRAINT realisations_draw_on_one CHECK ((demand_id IS NULL) <> (authorisation_id IS NULL));

CREATE INDEX realisations_of_authorisation ON realisations (authorisation_id, id) WHERE authorisation_id IS NOT NULL;
