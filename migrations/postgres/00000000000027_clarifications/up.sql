-- A demand may wait for the answer to a question.
ALTER TABLE demands DROP CONSTRAINT demands_state;
ALTER TABLE demands ADD CONSTRAINT demands_state CHECK (state IN (
        'DRAFT', 'AWAITING_REPRESENTATIVE', 'AWAITING_CONSULTANT', 'RETURNED', 'WITH_MINISTER',
        'CLARIFICATION', 'RESOLUTION_PREPARED', 'APPROVED', 'REJECTED', 'WITH_WHOLESALER', 'REALISED', 'EXPIRED', 'WITHDRAWN',
        'REVOKED'));

-- The role that a question of the minister waits for.
ALTER TABLE demands ADD COLUMN asked text;

DROP INDEX demands_at_ministry;
CREATE INDEX demands_at_ministry ON demands (space, id)
WHERE state IN ('WITH_MINISTER', 'CLARIFICATION', 'RESOLUTION_PREPARED');
CREATE INDEX demands_asked ON demands (space, asked, id) WHERE asked IS NOT NULL;
