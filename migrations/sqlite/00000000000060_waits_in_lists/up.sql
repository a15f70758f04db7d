-- Lists show which signed step awaits validation, since `summary` says so. A document whose signature already waited when
-- that came in said it only from its next save on. In each state one step is signed, and only trusted signatures wait.
UPDATE demands SET summary = jsonb_set(summary, '$.pending', jsonb_object(
    'step', CASE state
        WHEN 'AWAITING_REPRESENTATIVE' THEN 'representative-approval'
        WHEN 'AWAITING_CONSULTANT' THEN 'opinion'
        WHEN 'RESOLUTION_PREPARED' THEN 'resolution'
        ELSE 'submission'
    END,
    'kind', 'TRUSTED',
    'receivedAt', (
        SELECT replace(received_at, ' ', 'T') || 'Z' FROM pending_steps WHERE document_id = demands.id
    )
))
WHERE id IN (SELECT document_id FROM pending_steps)
    AND state IN ('DRAFT', 'RETURNED', 'AWAITING_REPRESENTATIVE', 'AWAITING_CONSULTANT', 'RESOLUTION_PREPARED')
    AND json_extract(summary, '$.pending') IS NULL;

UPDATE temporary_authorisations SET summary = jsonb_set(summary, '$.pending', jsonb_object(
    'step', CASE state
        WHEN 'AWAITING_REPRESENTATIVE' THEN 'representative-approval'
        WHEN 'RESOLUTION_PREPARED' THEN 'resolution'
        ELSE 'submission'
    END,
    'kind', 'TRUSTED',
    'receivedAt', (
        SELECT replace(received_at, ' ', 'T') || 'Z' FROM pending_steps WHERE document_id = temporary_authorisations.id
    )
))
WHERE id IN (SELECT document_id FROM pending_steps)
    AND state IN ('DRAFT', 'AWAITING_REPRESENTATIVE', 'RESOLUTION_PREPARED')
    AND json_extract(summary, '$.pending') IS NULL;
