-- A notification may wait for the answer to a question.
ALTER TABLE temporary_authorisations DROP CONSTRAINT temporary_authorisations_state;
ALTER TABLE temporary_authorisations ADD CONSTRAINT temporary_authorisations_state CHECK (state IN (
        'DRAFT', 'AWAITING_REPRESENTATIVE', 'WITH_MINISTER', 'CLARIFICATION', 'RESOLUTION_PREPARED', 'CONSENTED',
        'REFUSED', 'LAPSED', 'REVOKED', 'WITHDRAWN'));

-- Who has to answer a question of the minister: the wholesaler, or the role of an office.
ALTER TABLE temporary_authorisations ADD COLUMN asked text;

DROP INDEX temporary_authorisations_at_ministry;
CREATE INDEX temporary_authorisations_at_ministry ON temporary_authorisations (space, id)
WHERE state IN ('WITH_MINISTER', 'CLARIFICATION', 'RESOLUTION_PREPARED');
CREATE INDEX temporary_authorisations_asked ON temporary_authorisations (space, asked, id) WHERE asked IS NOT NULL;
