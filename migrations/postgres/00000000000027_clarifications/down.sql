-- Fails while a question waits for its answer.
DROP INDEX demands_asked;
DROP INDEX demands_at_ministry;
CREATE INDEX demands_at_ministry ON demands (space, id) WHERE state IN ('WITH_MINISTER', 'RESOLUTION_PREPARED');
ALTER TABLE demands DROP COLUMN asked;
ALTER TABLE demands DROP CONSTRAINT demands_state;
ALTER TABLE demands ADD CONSTRAINT demands_state CHECK (state IN (
        'DRAFT', 'AWAITING_REPRESENTATIVE', 'AWAITING_CONSULTANT', 'RETURNED', 'WITH_MINISTER',
        'RESOLUTION_PREPARED', 'APPROVED', 'REJECTED', 'WITH_WHOLESALER', 'REALISED', 'EXPIRED', 'WITHDRAWN',
        'REVOKED'));
