-- Fails while a question waits for its answer.
DROP INDEX temporary_authorisations_asked;
DROP INDEX temporary_authorisations_at_ministry;
CREATE INDEX temporary_authorisations_at_ministry ON temporary_authorisations (space, id)
WHERE state IN ('WITH_MINISTER', 'RESOLUTION_PREPARED');
ALTER TABLE temporary_authorisations DROP COLUMN asked;
ALTER TABLE temporary_authorisations DROP CONSTRAINT temporary_authorisations_state;
ALTER TABLE temporary_authorisations ADD CONSTRAINT temporary_authorisations_state CHECK (state IN (
        'DRAFT', 'AWAITING_REPRESENTATIVE', 'WITH_MINISTER', 'RESOLUTION_PREPARED', 'CONSENTED', 'REFUSED',
        'LAPSED', 'REVOKED', 'WITHDRAWN'));
