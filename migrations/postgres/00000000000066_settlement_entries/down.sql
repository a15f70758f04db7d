DROP TABLE settlement_entries;
DROP FUNCTION settlement_refuse();
