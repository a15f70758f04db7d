DROP TRIGGER audit_replace;
DROP TRIGGER audit_insert;
