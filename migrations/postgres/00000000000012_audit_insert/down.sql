DROP TRIGGER audit_insert ON audit;
