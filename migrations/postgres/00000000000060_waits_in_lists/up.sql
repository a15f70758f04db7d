-- Lists show which signed step awaits validation, since `summary` says so. A document whose signature already waited when
-- that came in said it only from its next save on. In each state one step is signed, and only trusted signatures wait.
UPDATE demands SET summary = jsonb_set(summary, '{pending}', jsonb_build_object(
    'step', CASE state
        WHEN 'AWAITING_REPRESENTATIVE' THEN 'representative-approval'
        WHEN 'AWAITING_CONSULTANT' THEN 'opinion'
        WHEN 'RESOLUTION_PREPARED' THEN 'resolution'
        ELSE 'submission'
    END,
    'kind', 'TRUSTED',
    'receivedAt', to_char(waiting.received_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
))
FROM pending_steps AS waiting
WHERE waiting.document_id = demands.id
    AND state IN ('DRAFT', 'RETURNED', 'AWAITING_REPRESENTATIVE', 'AWAITING_CONSULTANT', 'RESOLUTION_PREPARED')
    AND summary -> 'pending' IS NULL;

UPDATE temporary_authorisations SET summary = jsonb_set(summary, '{pending}', jsonb_build_object(
    'step', CASE state
        WHEN 'AWAITING_REPRESENTATIVE' THEN 'representative-approval'
        WHEN 'RESOLUTION_PREPARED' THEN 'resolution'
        ELSE 'submission'
    END,
    'kind', 'TRUSTED',
    'receivedAt', to_char(waiting.received_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
))
FROM pending_steps AS waiting
WHERE waiting.document_id = temporary_authorisations.id
    AND state IN ('DRAFT', 'AWAITING_REPRESENTATIVE', 'RESOLUTION_PREPARED')
    AND summary -> 'pending' IS NULL;
