-- The sequencer alone gives numbers: a row that comes with one was put in behind its back.
CREATE TRIGGER audit_insert BEFORE INSERT ON audit FOR EACH ROW
WHEN (NEW.seq IS NOT NULL OR NEW.chain IS NOT NULL)
EXECUTE FUNCTION audit_refuse();
