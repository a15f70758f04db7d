-- The sequencer alone gives numbers: a row that comes with one was put in behind its back.
CREATE TRIGGER audit_insert BEFORE INSERT ON audit FOR EACH ROW
WHEN NEW.seq IS NOT NULL OR NEW.chain IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;

-- INSERT OR REPLACE removes the row in its way without asking audit_delete, unless recursive_triggers is on.
CREATE TRIGGER audit_replace BEFORE INSERT ON audit FOR EACH ROW
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM audit WHERE ordinal = NEW.ordinal)
BEGIN
    SELECT RAISE(ABORT, 'UNIQUE constraint failed: audit.id');
END;
