DROP TABLE audit_roots;
